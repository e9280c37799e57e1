/**
 * Devices and models that are not there, from first principles: what a data sheet says, times what
 * experience says is reached of it. {@link io.edgeshard.planner.catalogue.Devices} and {@link
 * io.edgeshard.planner.catalogue.Models} are where to begin; every number that is not from a data
 * sheet is in {@link io.edgeshard.planner.catalogue.Calibration}. Used by what-if questions, by the
 * paper's experiments and by benchmarks; values only, and never used for a node that measured
 * itself.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.planner.catalogue;
