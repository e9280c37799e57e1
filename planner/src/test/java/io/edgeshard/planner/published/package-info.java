/** Tests of the paper's algorithms: what they find, and that they are no better than they are. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.planner.published;
