import { deviation, fineDuration, layers, linkRate } from "../format.js";
import { nodeClass } from "../node-colours.js";
import { arrowHead, label, s } from "./svg.js";

const RADIUS = 36;
const LEAST_PITCH = 152;
const MOST_PITCH = 310;
const TOP = 92;
const ROW_FOOT = 20;
const LINE = 16;
const COLUMN_PITCH = 142;
const COLUMN_X = 52;

/**
 * The way of a token as a drawing: a circle for each stage in pipeline order, with its time inside
 * and a ring that shows how full its node is; arrows with time and rate between them. A row where
 * it fits, else a column.
 *
 * @param {object} plan
 * @param {number} width in pixels
 */
export function pipelineDrawing(plan, width) {
  const count = plan.stages.length;
  const inRow = width / count >= LEAST_PITCH;
  const lines = Math.max(...plan.stages.map((stage) => words(stage).length));
  const height = inRow ? TOP + RADIUS + ROW_FOOT + lines * LINE : count * COLUMN_PITCH + 4;
  const parts = inRow ? row(plan, width) : column(plan, width);
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
  const parts = stages.slice(1).flatMap((stage, index) => {
    const from = at(index) + RADIUS + 8;
    const to = at(index + 1) - RADIUS - 8;
    const middle = (from + to) / 2;
    return [
      s("path", { d: `M${from} ${TOP}H${to - 6}`, class: "arrow" }),
      arrowHead(to, TOP, 0),
      label(middle, TOP - 9, fineDuration(timeOf(hops[index])), "arrow-time"),
      label(middle, TOP + 18, rateOf(plan, hops[index]), "arrow-rate"),
    ];
  });
  const back = hops.at(-1);
  if (goes(back) && stages.length > 1) {
    parts.push(...wayBack(at(stages.length - 1), at(0), `${fineDuration(timeOf(back))} back to ${back.to}`));
  }
  return [
    ...parts,
    ...stages.flatMap((stage, index) => [
      ...circle(plan, stage, at(index), TOP),
      ...words(stage).map(([text, className], line) => label(at(index), TOP + RADIUS + 23 + line * LINE, text, className)),
    ]),
  ];
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

function column(plan, width) {
  const { stages, hops } = plan;
  const at = (index) => index * COLUMN_PITCH + RADIUS + 8;
  const beside = COLUMN_X + RADIUS + 20;
  return stages.flatMap((stage, index) => {
    const hop = hops[index];
    const y = at(index);
    const from = y + RADIUS + 8;
    const last = index === stages.length - 1;
    const to = last ? from + 26 : at(index + 1) - RADIUS - 8;
    const text = goes(hop) ? [fineDuration(timeOf(hop)), rateOf(plan, hop), last ? `back to ${hop.to}` : null].filter(Boolean).join(" · ") : "";
    return [
      ...(goes(hop) ? [s("path", { d: `M${COLUMN_X} ${from}V${to - 6}`, class: last ? "arrow back" : "arrow" }), arrowHead(COLUMN_X, to, 90), label(beside, (from + to) / 2 + 4, text, "arrow-time", "start")] : []),
      ...circle(plan, stage, COLUMN_X, y),
      ...words(stage).map(([line, className], number) => label(beside, y - 12 + number * 17, line, className, "start")),
    ];
  });
}

function circle(plan, stage, x, y) {
  const used = memoryShare(plan.nodes.find((node) => node.id === stage.node));
  const [value, unit] = fineDuration(timeOf(stage)).split(" ");
  const ring = s("circle", { cx: x, cy: y, r: RADIUS, pathLength: 100, class: "ring", "stroke-dasharray": `${used * 100} 100`, transform: `rotate(-90 ${x} ${y})` });
  return [
    s(
      "g",
      { class: nodeClass(stage.node) },
      s("circle", { cx: x, cy: y, r: RADIUS, class: "disc" }),
      ring,
      label(x, y + 4, value, "stage-time"),
      label(x, y + 19, unit, "stage-unit"),
    ),
  ];
}

function words(stage) {
  const parts = [stage.embedding ? "embedding" : "", stage.head ? "head" : ""].filter(Boolean).join(", ");
  return [
    [stage.node, "stage-name"],
    [layers(stage.layerStart, stage.layerEnd), "stage-words"],
    [parts, "stage-words"],
    [Number.isFinite(stage.measuredDecodeMs) ? `predicted ${fineDuration(stage.decodeMs)}, ${deviation(stage.decodeMs, stage.measuredDecodeMs)}` : "", "stage-words"],
  ].filter(([text]) => text !== "");
}

function memoryShare(node) {
  const total = Object.values(node?.memory ?? {}).reduce((sum, part) => sum + part, 0);
  return node?.usableBytes > 0 ? Math.min(1, total / node.usableBytes) : 0;
}

const goes = (hop) => hop !== undefined && hop.from !== hop.to;

const timeOf = (part) => part.measuredDecodeMs ?? part.decodeMs;

function rateOf({ links }, hop) {
  const link = links.find(({ from, to }) => from === hop.from && to === hop.to);
  return link ? linkRate(link.megabitsPerSecond) : "";
}
