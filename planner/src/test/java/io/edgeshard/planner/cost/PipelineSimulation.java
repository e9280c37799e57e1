package io.edgeshard.planner.cost;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * A pipeline event by event: jobs go through legs, each of which holds a resource (a machine, one
 * direction of a link) for a while and then needs some further time on the way. A resource serves
 * whoever comes first. Knows nothing of rounds and formulas.
 */
final class PipelineSimulation {
  /**
   * A part of the way.
   *
   * @param resource what it holds; empty for nothing
   * @param holdMs for how long
   * @param travelMs how much later the next leg can begin
   */
  record Leg(String resource, double holdMs, double travelMs) {}

  /** Decides what a job does when it is through: how many jobs to let in now. */
  interface Source {
    /** The next legs to send in, each list a job, after a job has come back. */
    List<List<Leg>> afterReturn(int job, double atMs);
  }

  private static final class Job {
    private final int number;
    private final List<Leg> legs;
    private int at;

    private Job(int number, List<Leg> legs) {
      this.number = number;
      this.legs = legs;
    }
  }

  private record Event(double atMs, long order, Runnable action) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingDouble(Event::atMs).thenComparing(Event::order));
  private final Map<String, Queue<Job>> waiting = new HashMap<>();
  private final Map<String, Boolean> busy = new HashMap<>();
  private final Source source;
  private double nowMs;
  private long order;
  private int jobs;

  PipelineSimulation(Source source) {
    this.source = source;
  }

  /** Runs until nothing is left to do, and says when that was. */
  double run(List<List<Leg>> first) {
    first.forEach(this::send);
    while (!events.isEmpty()) {
      Event event = events.remove();
      nowMs = event.atMs;
      event.action.run();
    }
    return nowMs;
  }

  private void send(List<Leg> legs) {
    arrive(new Job(jobs++, legs));
  }

  private void arrive(Job job) {
    if (job.at == job.legs.size()) {
      source.afterReturn(job.number, nowMs).forEach(this::send);
      return;
    }
    Leg leg = job.legs.get(job.at);
    if (leg.resource.isEmpty()) {
      travel(job, leg);
    } else {
      waiting.computeIfAbsent(leg.resource, resource -> new ArrayDeque<>()).add(job);
      serve(leg.resource);
    }
  }

  private void serve(String resource) {
    Queue<Job> queue = waiting.getOrDefault(resource, new ArrayDeque<>());
    if (busy.getOrDefault(resource, false) || queue.isEmpty()) {
      return;
    }
    busy.put(resource, true);
    Job job = queue.remove();
    Leg leg = job.legs.get(job.at);
    after(
        leg.holdMs,
        () -> {
          busy.put(resource, false);
          travel(job, leg);
          serve(resource);
        });
  }

  private void travel(Job job, Leg leg) {
    job.at++;
    after(leg.travelMs, () -> arrive(job));
  }

  private void after(double ms, Runnable action) {
    events.add(new Event(nowMs + ms, order++, action));
  }

  /** Copies of the same way for so many jobs. */
  static List<List<Leg>> copies(int count, List<Leg> legs) {
    List<List<Leg>> copies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      copies.add(legs);
    }
    return copies;
  }
}
