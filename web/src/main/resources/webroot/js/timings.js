import { layers as asLayers } from "./format.js";

/**
 * The `timings` of an answer's last chunk, in the words of this page.
 *
 * @returns {{queueMs, promptTokens, promptMs, decodeTokens, decodeMs, steps: object[]}|null} steps
 *     are the stages and hops of a token, in the order it passes them
 */
export function readTimings(timings) {
  if (!timings) {
    return null;
  }
  const stages = timings.stages ?? [];
  const hops = timings.hops ?? [];
  const steps = [];
  stages.forEach(({ node, layers, ms }, index) => {
    steps.push({ kind: "stage", node, name: `${node}, ${inWords(layers)}`, ms });
    const hop = hops[index];
    if (hop) {
      const back = index === stages.length - 1 ? ", the way back" : "";
      steps.push({ kind: "hop", name: `${hop.from} to ${hop.to}${back}`, ms: hop.ms });
    }
  });
  return {
    queueMs: timings.queue_ms ?? 0,
    promptTokens: timings.prompt_n ?? 0,
    promptMs: timings.prompt_ms ?? 0,
    decodeTokens: timings.predicted_n ?? 0,
    decodeMs: timings.predicted_ms ?? 0,
    steps,
  };
}

/** A half-open range as the server writes it, `[0, 10)`. */
function inWords(range) {
  const [, start, end] = /^\[(\d+), ?(\d+)\)$/.exec(range) ?? [];
  return end === undefined ? `layers ${range}` : asLayers(Number(start), Number(end));
}
