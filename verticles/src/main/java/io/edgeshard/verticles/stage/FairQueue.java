package io.edgeshard.verticles.stage;

import io.edgeshard.verticles.protocol.SequenceId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What waits for a shard: orders (open, release) first, then steps, one of each sequence in turn,
 * so that a long prompt does not hold up the tokens of others. Bounded; thread-safe.
 */
final class FairQueue {
  private final int maxOrders;
  private final int maxSteps;
  private final Deque<Runnable> orders = new ArrayDeque<>();
  private final Map<SequenceId, Deque<Runnable>> steps = new LinkedHashMap<>();
  private int stepCount;

  FairQueue(int maxOrders, int maxSteps) {
    this.maxOrders = maxOrders;
    this.maxSteps = maxSteps;
  }

  /** Adds an order; false when too many wait. */
  synchronized boolean offerOrder(Runnable order) {
    return orders.size() < maxOrders && orders.add(order);
  }

  /** Adds the last order, for which there is always room. */
  synchronized void addLastOrder(Runnable order) {
    orders.add(order);
  }

  /** Adds a step; false when the queue is full. */
  synchronized boolean offerStep(SequenceId sequence, Runnable step) {
    if (stepCount == maxSteps) {
      return false;
    }
    steps.computeIfAbsent(sequence, id -> new ArrayDeque<>()).add(step);
    stepCount++;
    return true;
  }

  /** What is to be done next; the sequence it belongs to goes to the end of the round. */
  synchronized Optional<Runnable> poll() {
    Runnable order = orders.poll();
    if (order != null) {
      return Optional.of(order);
    }
    var first = steps.entrySet().iterator();
    if (!first.hasNext()) {
      return Optional.empty();
    }
    var entry = first.next();
    first.remove();
    Deque<Runnable> waiting = entry.getValue();
    Runnable step = waiting.remove();
    stepCount--;
    if (!waiting.isEmpty()) {
      steps.put(entry.getKey(), waiting);
    }
    return Optional.of(step);
  }

  /** Drops the steps of a sequence. */
  synchronized void drop(SequenceId sequence) {
    Deque<Runnable> dropped = steps.remove(sequence);
    stepCount -= dropped == null ? 0 : dropped.size();
  }

  synchronized int stepCount() {
    return stepCount;
  }
}
