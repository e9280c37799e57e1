import { h } from "../dom.js";
import { deviation, fineDuration, layers, signed } from "../format.js";
import { nodeClass } from "../node-colours.js";

const FIGURES = [
  ["Per token", "tokenMs", fineDuration, -1],
  ["First token", "ttftMs", fineDuration, -1],
  ["Tokens per second", "tokensPerSecond", (value) => value.toFixed(1), 1],
  ["Energy per token", "joulesPerToken", (value) => `${value.toFixed(2)} J`, -1],
];

/** Today's plan and another side by side: figures with their differences, and who holds what. */
export function planDifference(today, then) {
  return h("div", { class: "differences" }, figures(today, then), places(today, then));
}

/** The difference in one sentence. */
export function differenceInWords(today, then) {
  const [before, after] = [today.predicted.tokenMs, then.predicted.tokenMs];
  const percent = Math.round(Math.abs(after / before - 1) * 100);
  const words = percent === 0 ? "as fast as today" : `${percent} % ${after < before ? "less" : "more"} than today`;
  return `${fineDuration(after)} per token, ${words}`;
}

function figures(today, then) {
  const rows = FIGURES.filter(([, field]) => Number.isFinite(today.predicted[field]) && Number.isFinite(then.predicted[field]));
  return table(
    "Predicted figures, today and then",
    ["", "Today", "Then", "Difference"],
    rows.map(([name, field, format, better]) => {
      const [before, after] = [today.predicted[field], then.predicted[field]];
      const apart = deviation(before, after);
      const verdict = apart === "±0 %" ? "same" : Math.sign(after - before) === better ? "better" : "worse";
      return [name, format(before), format(after), h("span", { class: "difference", "data-verdict": verdict }, `${signed(after - before, format)} `, h("span", { class: "percent" }, `(${apart})`))];
    }),
  );
}

function places(today, then) {
  const names = [...new Set([...then.stages, ...today.stages].map((stage) => stage.node))];
  return table(
    "Who holds which layers, today and then",
    ["Node", "Layers today", "Layers then", "Per token"],
    names.map((name) => {
      const [before, after] = [share(today, name), share(then, name)];
      return [h("span", { class: "swatch-name" }, h("i", { class: `swatch ${nodeClass(name)}`, "aria-hidden": "true" }), name), before.words, after.words, `${time(before.ms)} → ${time(after.ms)}`];
    }),
  );
}

function share({ stages }, node) {
  const own = stages.filter((stage) => stage.node === node);
  return {
    words: own.length > 0 ? own.map((stage) => layers(stage.layerStart, stage.layerEnd).split(" ")[1]).join(", ") : "–",
    ms: own.length > 0 ? own.reduce((sum, stage) => sum + stage.decodeMs, 0) : null,
  };
}

const time = (ms) => (ms === null ? "–" : fineDuration(ms));

function table(name, columns, rows) {
  return h(
    "div",
    { class: "table-scroll", role: "region", tabindex: "0", "aria-label": name },
    h(
      "table",
      { class: "figures-table" },
      h("caption", { class: "visually-hidden" }, name),
      h("thead", {}, h("tr", {}, ...columns.map((column, index) => (column ? h("th", { scope: "col", class: index === 0 ? null : "number" }, column) : h("td", {}))))),
      h("tbody", {}, ...rows.map(([first, ...rest]) => h("tr", {}, h("th", { scope: "row" }, first), ...rest.map((cell) => h("td", { class: "number" }, cell))))),
    ),
  );
}
