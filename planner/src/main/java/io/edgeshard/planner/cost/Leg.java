package io.edgeshard.planner.cost;

/**
 * A part of a micro-batch's way: a stage's computation, or a hop.
 *
 * @param resource what it occupies: a machine's cores, or one direction of a link
 * @param occupiedMs for how long
 * @param latencyMs how much later the next part can begin
 */
record Leg(Resource resource, double occupiedMs, double latencyMs) {
  /**
   * What serves one micro-batch at a time, in the order in which they come.
   *
   * @param from the machine, or the node that sends
   * @param to the node that receives; empty for a machine
   */
  record Resource(String from, String to) {}
}
