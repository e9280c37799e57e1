import { h } from "../dom.js";
import { deviation, fineDuration, layers } from "../format.js";
import { nodeClass } from "../node-colours.js";
import { isOff, lately } from "./headline.js";
import { linkButtons } from "./link-buttons.js";
import { goes } from "./stage-circle.js";

const COLUMNS = ["", "number", "number", "number", "number secondary", "number"];

/**
 * Where a token's time goes, stage by stage and hop by hop: predicted, measured, and how far apart.
 *
 * @param {object} plan
 * @param {WhatIfChanges} changes takes what is asked about a link
 */
export function timeTable(plan, changes) {
  const rows = plan.stages.flatMap((stage, index) => [stageRow(stage), hopRow(plan.hops[index], changes, index)]).filter(Boolean);
  const longestMs = Math.max(...rows.flatMap(({ predicted, measured }) => [predicted, measured ?? 0]));
  const prompt = `Prompt of ${plan.promise.promptTokens}`;
  return h(
    "div",
    { class: "table-scroll", role: "region", tabindex: "0", "aria-label": "Where a token’s time goes" },
    h(
      "table",
      { class: "figures-table" },
      h("caption", { class: "visually-hidden" }, "Time of each stage and hop, predicted and measured"),
      h("thead", {}, h("tr", {}, ...["Stage or hop", "Predicted", "Measured", "Apart", prompt, "What if"].map((name, index) => h("th", { scope: "col", class: COLUMNS[index] }, name)))),
      h("tbody", {}, ...rows.map((row) => tableRow(row, longestMs))),
      h("tfoot", {}, totalRow(plan)),
    ),
  );
}

function stageRow(stage) {
  return {
    name: stage.node,
    note: layers(stage.layerStart, stage.layerEnd),
    colour: nodeClass(stage.node),
    predicted: stage.decodeMs,
    measured: stage.measuredDecodeMs,
    prefill: stage.prefillMs,
    actions: [],
  };
}

function hopRow(hop, changes, index) {
  return hop && (goes(hop) || hop.decodeMs > 0)
    ? {
        name: goes(hop) ? `${hop.from} → ${hop.to}` : `within ${hop.to}`,
        note: "",
        colour: "hop",
        predicted: hop.decodeMs,
        measured: hop.measuredDecodeMs,
        prefill: hop.prefillMs,
        actions: goes(hop) ? linkButtons(hop, changes, `hop-${index}`) : [],
      }
    : null;
}

function tableRow({ name, note, colour, predicted, measured, prefill, actions }, longestMs) {
  const bar = h("i", { class: `time-bar ${colour}`, "aria-hidden": "true" });
  bar.style.setProperty("--predicted", predicted / longestMs);
  bar.style.setProperty("--measured", (measured ?? predicted) / longestMs);
  return h(
    "tr",
    { class: colour === "hop" ? "hop-row" : "stage-row" },
    h("th", { scope: "row" }, h("span", { class: "part-name" }, name), note ? h("span", { class: "part-note" }, ` ${note}`) : null, bar),
    ...figures(predicted, measured, prefill),
    h("td", { class: "number actions-cell" }, ...actions),
  );
}

function totalRow(plan) {
  const { predicted, measured } = lately(plan);
  return h("tr", {}, h("th", { scope: "row" }, "A token"), ...figures(predicted.tokenMs, measured?.tokenMs, predicted.ttftMs), h("td", {}));
}

function figures(predicted, measured, prefill) {
  const known = Number.isFinite(measured);
  return [
    h("td", { class: "number" }, fineDuration(predicted)),
    h("td", { class: "number" }, known ? fineDuration(measured) : "–"),
    h("td", { class: "number" }, known ? h("span", { class: "deviation", "data-off": String(isOff(predicted, measured)) }, deviation(predicted, measured)) : "–"),
    h("td", { class: "number secondary" }, fineDuration(prefill)),
  ];
}
