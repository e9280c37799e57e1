import { deviation, fineDuration, layers, linkRate } from "../format.js";
import { nodeClass } from "../node-colours.js";
import { label, s } from "./svg.js";

/** Of the circle that a stage is drawn as. */
export const RADIUS = 36;

const LONGEST_NAME = 18;

/** A stage as a circle with its time inside and a ring that shows how full its node is. */
export function stageCircle(plan, stage, x, y) {
  const used = memoryShare(plan.nodes.find((node) => node.id === stage.node));
  const [value, unit] = fineDuration(timeOf(stage)).split(" ");
  return s(
    "g",
    { class: nodeClass(stage.node) },
    s("circle", { cx: x, cy: y, r: RADIUS, class: "disc" }),
    s("circle", { cx: x, cy: y, r: RADIUS, pathLength: 100, class: "ring", "stroke-dasharray": `${used * 100} 100`, transform: `rotate(-90 ${x} ${y})` }),
    label(x, y + 4, value, "stage-time"),
    label(x, y + 19, unit, "stage-unit"),
  );
}

/** What is written at a stage: lines with their classes. */
export function stageWords(stage) {
  const parts = [stage.embedding ? "embedding" : "", stage.head ? "head" : ""].filter(Boolean).join(", ");
  const measured = Number.isFinite(stage.measuredDecodeMs);
  return [
    [shortened(stage.node), "stage-name"],
    [layers(stage.layerStart, stage.layerEnd), "stage-words"],
    [parts, "stage-words"],
    [measured ? `predicted ${fineDuration(stage.decodeMs)}, ${deviation(stage.decodeMs, stage.measuredDecodeMs)}` : "", "stage-words"],
  ].filter(([text]) => text !== "");
}

/** A name that has room under a circle; it is whole in the table below the drawing. */
export function shortened(name) {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name;
}

/** Whether a hop leads anywhere. */
export const goes = (hop) => hop !== undefined && hop.from !== hop.to;

/** What a stage or hop takes: as measured, else as predicted. */
export const timeOf = (part) => part.measuredDecodeMs ?? part.decodeMs;

/** The rate of a hop's link in words; empty where it is not known. */
export function rateOf({ links }, hop) {
  const link = links.find(({ from, to }) => from === hop.from && to === hop.to);
  return link ? linkRate(link.megabitsPerSecond) : "";
}

function memoryShare(node) {
  const total = Object.values(node?.memory ?? {}).reduce((sum, part) => sum + part, 0);
  return node?.usableBytes > 0 ? Math.min(1, total / node.usableBytes) : 0;
}
