package io.edgeshard.runtime.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that is timed.
 *
 * @param step a step of no layers, one row
 * @param chunkStep the same with a whole chunk
 * @param embedding token ids in, one row
 * @param chunkEmbedding the same with a whole chunk
 * @param few a decode step of a few layers
 * @param waited the same after a pause, as a stage has one while others compute
 * @param more the same of more layers
 * @param far the same with more context
 * @param heads final norm, output head and sampling, by rising rows; empty when unknown
 * @param batches decode steps of several sequences at once, by rising rows
 * @param prefills chunks of a prompt from its beginning, by rising rows
 * @param farPrefill a chunk after much context
 */
record Probes(
    Probe step,
    Probe chunkStep,
    Probe embedding,
    Probe chunkEmbedding,
    Probe few,
    Probe waited,
    Probe more,
    Optional<Probe> far,
    List<Probe> heads,
    List<Probe> batches,
    List<Probe> prefills,
    Optional<Probe> farPrefill) {

  /** What takes about as long as a decode step: run one after the other, it sweeps the caches. */
  List<Probe> rotation() {
    List<Probe> rotation = new ArrayList<>(List.of(few, step, more, embedding));
    heads.stream().limit(1).forEach(rotation::add);
    rotation.addAll(List.of(chunkStep, chunkEmbedding));
    far.ifPresent(rotation::add);
    return rotation;
  }

  /** What takes longer. */
  List<Probe> heavy() {
    List<Probe> heavy = new ArrayList<>(prefills);
    heads.stream().skip(1).forEach(heavy::add);
    heavy.addAll(batches);
    farPrefill.ifPresent(heavy::add);
    return heavy;
  }

  /** The same without what there was no time to run. */
  Probes measured() {
    return new Probes(
        step,
        chunkStep,
        embedding,
        chunkEmbedding,
        few,
        waited,
        more,
        far,
        heads.stream().filter(Probe::isMeasured).toList(),
        batches.stream().filter(Probe::isMeasured).toList(),
        prefills.stream().filter(Probe::isMeasured).toList(),
        farPrefill.filter(Probe::isMeasured));
  }
}
