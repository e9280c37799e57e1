/**
 * The ways to place a model that the paper compares itself with (section V-A): all on the source,
 * half on the cloud, the published algorithms on these two alone, and equal shares.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.planner.baseline;
