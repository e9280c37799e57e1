/** Tests of the search through many nodes: its bound. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.planner.wide;
