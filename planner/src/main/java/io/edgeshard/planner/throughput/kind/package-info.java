/**
 * Nodes that may be exchanged for each other, taken together as kinds: what each kind takes and has
 * room for, and the sets of nodes that differ. Keeps the number of sets that {@code
 * planner.throughput} searches small; where nodes of a kind are not quite alike, an {@link
 * io.edgeshard.planner.throughput.kind.Outlook} says what is assumed. Must not import {@code
 * planner.throughput}, its only caller.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.planner.throughput.kind;
