import { layers as asLayers } from "./format.js";

/**
 * The `timings` of an answer's last chunk, in the words of this page. It has one hop more than
 * stages: a hop leads to each of them, the last one back.
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
  hops.forEach((hop, index) => {
    const stage = stages[index];
    steps.push({ kind: "hop", name: stage ? way(hop) : `${way(hop)}, the way back`, ms: hop.ms });
    if (stage) {
      steps.push({ kind: "stage", node: stage.node, name: `${stage.node}, ${inWords(stage.layers)}`, ms: stage.ms });
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

function way({ from, to }) {
  return from === to ? `within ${to}` : `${from} to ${to}`;
}

/** A half-open range as the server writes it, `[0, 10)`. */
function inWords(range) {
  const [, start, end] = /^\[(\d+), ?(\d+)\)$/.exec(range) ?? [];
  return end === undefined ? `layers ${range}` : asLayers(Number(start), Number(end));
}
