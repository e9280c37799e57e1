package io.edgeshard.planner.throughput.kind;

/**
 * How many layers the memory of each kind of node holds with a number of sequences; -1 where not
 * even a stage without layers fits.
 *
 * @param middle by kind, between first and last
 * @param last by kind, with the head
 * @param first on the source, with the embedding
 * @param whole on the source, with embedding and head
 */
@SuppressWarnings("ArrayRecordComponent") // tables that are never compared
public record KindRoom(int[] middle, int[] last, int first, int whole) {}
