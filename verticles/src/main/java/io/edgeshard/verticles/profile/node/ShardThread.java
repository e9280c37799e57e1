package io.edgeshard.verticles.profile.node;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The one thread on which a node computes. */
@FunctionalInterface
public interface ShardThread {
  /** Does something there, before any step that waits; returns at once. */
  <T> CompletionStage<T> run(Supplier<T> task);
}
