/** What a placement is to bring about, and what it asks planners for that. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles.placement.task;
