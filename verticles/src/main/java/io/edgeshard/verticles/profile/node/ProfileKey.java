package io.edgeshard.verticles.profile.node;

import io.edgeshard.verticles.profile.NodeMeasurement.Model;
import io.edgeshard.verticles.profile.NodeMeasurement.Processor;

/**
 * What the times of a node depend on.
 *
 * @param model what was run, and how
 * @param prefillChunkTokens the most prompt tokens computed in one step
 * @param processor by what
 */
record ProfileKey(Model model, int prefillChunkTokens, Processor processor) {}
