package io.edgeshard.verticles.stage;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What waits for a shard: control commands (open, release) first, then steps in the order in which
 * they were sent. Bounded; thread-safe.
 */
final class StageQueue {
  private final int maxCommands;
  private final int maxSteps;
  private final Deque<Runnable> commands = new ArrayDeque<>();
  private final Deque<Runnable> steps = new ArrayDeque<>();

  StageQueue(int maxCommands, int maxSteps) {
    this.maxCommands = maxCommands;
    this.maxSteps = maxSteps;
  }

  /** Adds a command; false when too many wait. */
  synchronized boolean offerCommand(Runnable command) {
    return commands.size() < maxCommands && commands.add(command);
  }

  /** Adds the last command, for which there is always room. */
  synchronized void addLastCommand(Runnable command) {
    commands.add(command);
  }

  /** Adds a step; false when the queue is full. */
  synchronized boolean offerStep(Runnable step) {
    return steps.size() < maxSteps && steps.add(step);
  }

  /** What is to be done next. */
  synchronized Optional<Runnable> poll() {
    return Optional.ofNullable(commands.isEmpty() ? steps.poll() : commands.poll());
  }

  synchronized int stepCount() {
    return steps.size();
  }
}
