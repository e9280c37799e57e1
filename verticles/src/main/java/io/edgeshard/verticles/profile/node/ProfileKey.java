package io.edgeshard.verticles.profile.node;

import io.edgeshard.verticles.profile.NodeMeasurement.Model;
import io.edgeshard.verticles.profile.NodeMeasurement.Processor;

/**
 * What the times of a node depend on.
 *
 * @param format what the figures mean; another number for another meaning
 * @param model what was run, and how
 * @param prefillChunkTokens the most prompt tokens computed in one step
 * @param processor by what
 */
record ProfileKey(int format, Model model, int prefillChunkTokens, Processor processor) {
  /** Since 2 what a stage takes longer after a pause is part of each step. */
  private static final int FORMAT = 2;

  /** The key of what is measured today. */
  ProfileKey(Model model, int prefillChunkTokens, Processor processor) {
    this(FORMAT, model, prefillChunkTokens, processor);
  }
}
