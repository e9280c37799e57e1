/**
 * Proves that graphs have the form they should, by reading their bytes back. That they compute the
 * right numbers is for the tests of {@code shard}.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.runtime.graph;
