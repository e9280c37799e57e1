/** Proves what each step carries. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles.pipeline.schedule;
