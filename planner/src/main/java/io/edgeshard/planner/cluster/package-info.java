/**
 * Onto what a model is split: what each node says of itself, as {@code verticles.membership}
 * collects it. A planner reads it beside {@code planner.model}; what a share then takes is for
 * {@code planner.cost}.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.planner.cluster;
