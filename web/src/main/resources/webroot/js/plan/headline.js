import { h } from "../dom.js";
import { deviation, fineDuration, rate } from "../format.js";

const OFF = 0.25;

/** Whether what was measured is so far from what was predicted that people should know. */
export const isOff = (predicted, measured) => predicted > 0 && Math.abs(measured / predicted - 1) > OFF;

/** What was served beside its prediction; before that, the prediction for the usual request. */
export const lately = ({ served, predicted }) => served ?? { predicted };

/** The figures that people ask for first, and how good they are. */
export function headline(plan) {
  const { predicted, measured } = lately(plan);
  return [
    h(
      "dl",
      { class: "tiles" },
      tile("Per token", predicted.tokenMs, measured?.tokenMs, fineDuration),
      tile("First token", predicted.ttftMs, measured?.ttftMs, fineDuration),
      tile("One chat alone", predicted.tokensPerSecond, measured?.tokensPerSecond, rate),
      Number.isFinite(predicted.joulesPerToken) ? tile("Energy per token", predicted.joulesPerToken, measured?.joulesPerToken, joules) : null,
    ),
    h("ul", { class: "verdicts" }, ...[longest(plan), againstSingle(plan), againstBound(plan.bound)].filter(Boolean).map((words) => h("li", {}, ...words))),
  ];
}

const joules = (value) => `${value.toFixed(2)} J`;

function tile(name, predicted, measured, format) {
  const known = Number.isFinite(measured);
  const off = known && isOff(predicted, measured);
  const [value, unit] = format(known ? measured : predicted).split(" ");
  const note = known
    ? [`predicted ${format(predicted)} `, h("span", { class: "deviation", "data-off": String(off) }, deviation(predicted, measured))]
    : ["not measured yet"];
  return h(
    "div",
    { class: "tile" },
    h("dt", {}, name, h("span", { class: "tile-kind" }, known ? " measured" : " predicted")),
    h("dd", { class: "tile-value" }, value, h("span", { class: "tile-unit" }, ` ${unit} `)),
    h("dd", { class: "tile-note" }, ...note),
  );
}

/** Where most of a token's time goes. */
function longest(plan) {
  const { stages, hops } = plan;
  const { predicted, measured } = lately(plan);
  const parts = [
    ...stages.map((stage) => ({ name: stage.node, ms: stage.measuredDecodeMs ?? stage.decodeMs })),
    ...hops.map((hop) => ({ name: `the way from ${hop.from} to ${hop.to}`, ms: hop.measuredDecodeMs ?? hop.decodeMs })),
  ];
  const most = parts.reduce((found, part) => (found && found.ms >= part.ms ? found : part), null);
  const total = (measured ?? predicted).tokenMs;
  if (!most || !(total > 0)) {
    return null;
  }
  const percent = Math.min(100, Math.round((most.ms / total) * 100));
  return ["Most of a token’s time goes to ", h("strong", {}, most.name), `: ${fineDuration(most.ms)} of ${fineDuration(total)}, ${percent} %.`];
}

function againstSingle({ predicted, bestSingle, stages }) {
  if (!bestSingle) {
    return [h("strong", {}, "No single node"), " could hold the whole model."];
  }
  const alone = bestSingle.predicted.tokenMs;
  if (stages.length === 1 && stages[0].node === bestSingle.node) {
    return [h("strong", {}, `${bestSingle.node} alone`), " is the fastest that this cluster can be, so the model is not split."];
  }
  const factor = alone / predicted.tokenMs;
  const words = factor >= 1 ? `${factor.toFixed(2)} times as fast as` : `${Math.round((1 / factor - 1) * 100)} % slower than`;
  return [h("strong", {}, words), ` the best single node: ${bestSingle.node} alone would take ${fineDuration(alone)} per token.`];
}

function againstBound({ gapPercent, value, lowerBound }) {
  if (gapPercent === null) {
    return ["Nothing is proven about how far this is from the best split."];
  }
  if (!(gapPercent > 0.05)) {
    return [h("strong", {}, "Proven best:"), " no other split of these layers does better in this prediction."];
  }
  return [h("strong", {}, `At most ${gapPercent.toFixed(1)} % from the best:`), ` it is predicted at ${short(value)}, and no split can do better than ${short(lowerBound)}.`];
}

const short = (value) => Number(value.toPrecision(4)).toString();
