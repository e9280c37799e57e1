/** Tests of reading models. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.runtime.checkpoint;
