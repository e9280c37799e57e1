/**
 * The paper's two planning algorithms with their errata repaired, otherwise as published: what the
 * project's own planners are measured against. They see a question as {@link
 * io.edgeshard.planner.published.LayerItems}; what they find is judged by the common cost model.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.planner.published;
