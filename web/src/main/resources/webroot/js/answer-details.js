import { h } from "./dom.js";
import { count, duration, rate } from "./format.js";
import { nodeClass } from "./node-colours.js";
import { readTimings } from "./timings.js";

/**
 * Where the time of an answer went: what was waited for, and the way of a token through stages and
 * hops as one bar with its legend.
 *
 * @returns {HTMLElement|null} null when the server told no timings
 */
export function answerDetails(stats) {
  const timings = readTimings(stats.timings);
  if (!timings) {
    return null;
  }
  return h("div", { class: "details-inner" }, summary(stats, timings), ...way(timings.steps));
}

function summary(stats, timings) {
  const rows = [
    ["Taken in, and waited for its turn", duration(timings.queueMs)],
    ["Read the prompt", `${count(timings.promptTokens)} tokens in ${duration(timings.promptMs)}${perSecond(timings.promptTokens, timings.promptMs)}`],
    ["Wrote the answer", `${count(timings.decodeTokens)} further tokens in ${duration(timings.decodeMs)}${perSecond(timings.decodeTokens, timings.decodeMs)}`],
    ["From sending to the end, seen from here", duration(stats.totalMs)],
  ];
  return h("dl", { class: "facts" }, ...rows.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))));
}

function perSecond(tokens, ms) {
  return tokens > 0 && ms > 0 ? ` (${rate((tokens * 1000) / ms)})` : "";
}

function way(steps) {
  const totalMs = steps.reduce((sum, step) => sum + step.ms, 0);
  if (totalMs <= 0) {
    return [];
  }
  const bar = h("div", { class: "way", "aria-hidden": "true" });
  const legend = h("ol", { class: "way-legend" });
  for (const step of steps) {
    const colour = step.kind === "hop" ? "hop" : nodeClass(step.node);
    const part = h("i", { class: colour });
    part.style.setProperty("--share", step.ms / totalMs);
    bar.append(part);
    const percent = `${Math.round((step.ms / totalMs) * 100)} %`;
    legend.append(h("li", {}, h("i", { class: `swatch ${colour}`, "aria-hidden": "true" }), h("span", {}, step.name), h("span", { class: "number" }, duration(step.ms)), h("span", { class: "number" }, percent)));
  }
  return [h("h3", {}, `A token's way, ${duration(totalMs)} on average`), bar, legend];
}
