import { h } from "./dom.js";
import { bytes, layers } from "./format.js";
import { nodeClass } from "./node-colours.js";

const COLUMNS = ["Node", "State", "Layers", "Memory"];

/** All that is known of each node: state, layers, and memory planned, used and allowed. */
export function nodeTable(nodes) {
  return h(
    "table",
    {},
    h("caption", { class: "visually-hidden" }, "Nodes of the cluster"),
    h("thead", {}, h("tr", {}, ...COLUMNS.map((name) => h("th", { scope: "col" }, name)))),
    h("tbody", {}, ...nodes.map(row)),
  );
}

function row(node) {
  const parts = [node.embedding ? "embedding" : "", node.head ? "head" : ""].filter(Boolean);
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, h("i", { class: `swatch ${nodeClass(node.id)}`, "aria-hidden": "true" }), node.id),
    h("td", {}, h("span", { class: "node-state", "data-state": node.state }, node.state)),
    h("td", {}, [layers(node.layerStart, node.layerEnd), ...parts].join(", ")),
    h("td", { class: "memory" }, memoryBar(node), h("span", {}, `${bytes(node.memoryPlannedBytes)} planned, ${bytes(node.memoryUsedBytes)} used, ${bytes(node.memoryLimitBytes)} allowed`)),
  );
}

function memoryBar({ memoryPlannedBytes, memoryUsedBytes, memoryLimitBytes }) {
  const bar = h("i", { class: "memory-bar", "aria-hidden": "true" });
  const share = (part) => (memoryLimitBytes > 0 ? Math.min(1, part / memoryLimitBytes) : 0);
  bar.style.setProperty("--planned", share(memoryPlannedBytes));
  bar.style.setProperty("--used", share(memoryUsedBytes));
  return bar;
}
