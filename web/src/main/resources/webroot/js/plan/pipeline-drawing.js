import { fineDuration, layers } from "../format.js";
import { RADIUS, goes, rateOf, shortened, stageCircle, stageWords, timeOf } from "./stage-circle.js";
import { arrowHead, label, s } from "./svg.js";

const LEAST_PITCH = 152;
const MOST_PITCH = 310;
const LEAST_IN_ROW = 3;
const GAP = RADIUS + 8;
const LINE = 16;
const TOP = 92;
const COLUMN_PITCH = 142;
const COLUMN_X = 52;

/**
 * The way of a token as a drawing: circles for the stages in pipeline order, arrows with time and
 * rate between them. One row where it fits; else rows that go to and fro; on a phone a column.
 *
 * @param {object} plan
 * @param {number} width in pixels
 */
export function pipelineDrawing(plan, width) {
  const inRow = Math.floor(width / LEAST_PITCH);
  const count = plan.stages.length;
  const { height, parts } = count <= inRow ? row(plan, width) : inRow < LEAST_IN_ROW ? column(plan) : rows(plan, width, inRow);
  return s("svg", { class: "pipeline", width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": inWords(plan) }, ...parts);
}

/** The same for those who listen. */
function inWords({ stages, hops }) {
  const steps = stages.map((stage, index) => {
    const hop = goes(hops[index]) ? `, then ${fineDuration(timeOf(hops[index]))} to ${hops[index].to}` : "";
    return `${stage.node} with ${layers(stage.layerStart, stage.layerEnd)} takes ${fineDuration(timeOf(stage))}${hop}`;
  });
  return `A token’s way: ${steps.join("; ")}.`;
}

function row(plan, width) {
  const { stages, hops } = plan;
  const pitch = Math.min(MOST_PITCH, width / stages.length);
  const start = (width - pitch * (stages.length - 1)) / 2;
  const at = (index) => start + index * pitch;
  const back = hops.at(-1);
  return {
    height: TOP + RADIUS + 20 + mostLines(stages) * LINE,
    parts: [
      ...stages.slice(1).flatMap((stage, index) => across(plan, hops[index], at(index), at(index + 1), TOP)),
      ...(goes(back) && stages.length > 1 ? wayBack(at(stages.length - 1), at(0), `${fineDuration(timeOf(back))} back to ${shortened(back.to)}`) : []),
      ...stages.flatMap((stage, index) => stageWithWords(plan, stage, at(index), TOP)),
    ],
  };
}

function wayBack(from, to, text) {
  const top = 18;
  const foot = TOP - RADIUS - 10;
  return [
    s("path", { d: `M${from} ${foot}V${top + 12}Q${from} ${top} ${from - 12} ${top}H${to + 12}Q${to} ${top} ${to} ${top + 12}V${foot - 6}`, class: "arrow back" }),
    arrowHead(to, foot, 90),
    label((from + to) / 2, top + 17, text, "arrow-time"),
  ];
}

/** Every second row goes from right to left, so that each arrow is short. */
function rows(plan, width, inRow) {
  const { stages, hops } = plan;
  const pitch = width / inRow;
  const under = RADIUS + 20 + mostLines(stages) * LINE;
  const rowPitch = under + 40 + GAP;
  const x = (index) => pitch * ((Math.floor(index / inRow) % 2 === 0 ? index % inRow : inRow - 1 - (index % inRow)) + 0.5);
  const y = (index) => GAP + Math.floor(index / inRow) * rowPitch;
  const parts = stages.flatMap((stage, index) => {
    const hop = hops[index];
    const turns = index % inRow === inRow - 1 || index === stages.length - 1;
    const arrow = turns ? down(plan, hop, x(index), y(index) + under, index === stages.length - 1) : across(plan, hop, x(index), x(index + 1), y(index));
    return [...(goes(hop) ? arrow : []), ...stageWithWords(plan, stage, x(index), y(index))];
  });
  return { height: y(stages.length - 1) + under + 40, parts };
}

function across(plan, hop, fromX, toX, y) {
  const side = Math.sign(toX - fromX);
  const from = fromX + side * GAP;
  const to = toX - side * GAP;
  return [
    s("path", { d: `M${from} ${y}H${to - side * 6}`, class: "arrow" }),
    arrowHead(to, y, side > 0 ? 0 : 180),
    label((from + to) / 2, y - 9, fineDuration(timeOf(hop)), "arrow-time"),
    label((from + to) / 2, y + 18, rateOf(plan, hop), "arrow-rate"),
  ];
}

function down(plan, hop, x, y, last) {
  const words = hopWords(plan, hop, last);
  return [s("path", { d: `M${x} ${y}V${y + 26}`, class: last ? "arrow back" : "arrow" }), arrowHead(x, y + 32, 90), ...words.map((text, line) => label(x + 12, y + 12 + line * LINE, text, line === 0 ? "arrow-time" : "arrow-rate", "start"))];
}

function column(plan) {
  const { stages, hops } = plan;
  const beside = COLUMN_X + RADIUS + 20;
  const parts = stages.flatMap((stage, index) => {
    const y = index * COLUMN_PITCH + GAP;
    const last = index === stages.length - 1;
    return [
      ...(goes(hops[index]) ? besideArrow(plan, hops[index], y, beside, last) : []),
      stageCircle(plan, stage, COLUMN_X, y),
      ...stageWords(stage).map(([line, className], number) => label(beside, y - 12 + number * 17, line, className, "start")),
    ];
  });
  return { height: stages.length * COLUMN_PITCH + 4, parts };
}

function besideArrow(plan, hop, y, textX, last) {
  const from = y + GAP;
  const to = last ? from + 26 : y + COLUMN_PITCH - GAP;
  return [
    s("path", { d: `M${COLUMN_X} ${from}V${to - 6}`, class: last ? "arrow back" : "arrow" }),
    arrowHead(COLUMN_X, to, 90),
    label(textX, (from + to) / 2 + 4, hopWords(plan, hop, last).join(" · "), "arrow-time", "start"),
  ];
}

function hopWords(plan, hop, last) {
  return [fineDuration(timeOf(hop)), last ? `back to ${shortened(hop.to)}` : rateOf(plan, hop)].filter(Boolean);
}

function stageWithWords(plan, stage, x, y) {
  return [stageCircle(plan, stage, x, y), ...stageWords(stage).map(([text, className], line) => label(x, y + RADIUS + 23 + line * LINE, text, className))];
}

const mostLines = (stages) => Math.max(...stages.map((stage) => stageWords(stage).length));
