package io.edgeshard.planner.cost;

/**
 * What a stage runs besides decoder layers, because of its place in the pipeline.
 *
 * @param hasEmbedding whether it is the first
 * @param hasHead whether it is the last
 */
public record ShardPlace(boolean hasEmbedding, boolean hasHead) {
  /** Between first and last. */
  public static final ShardPlace MIDDLE = new ShardPlace(false, false);
}
