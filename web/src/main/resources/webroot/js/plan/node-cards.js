import { h } from "../dom.js";
import { bytes, fineDuration, layers, plural } from "../format.js";
import { nodeClass } from "../node-colours.js";

const ITEMS = [
  ["weightsBytes", "Weights", "weights"],
  ["kvCacheBytes", "KV cache", "kv-cache"],
  ["activationsBytes", "Activations", "activations"],
  ["processBytes", "Process", "process"],
  ["headroomBytes", "Head-room", "headroom"],
];

/** An id that a system gave itself says nothing to a person. */
const UUID = /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;

/** A card for each node: what it is, which layers it holds, and what they take of its memory. */
export function nodeCards(plan, changes) {
  return h("ul", { class: "cards" }, ...plan.nodes.map((node) => card(node, plan, changes)));
}

function card(node, plan, changes) {
  const isSource = node.id === plan.source;
  const without = h(
    "button",
    { type: "button", class: "mini-button", "data-key": `without-${node.id}`, "aria-label": `What if ${node.id} were gone`, click: () => changes.remove(node.id) },
    "What if gone?",
  );
  const held = plan.stages.filter((stage) => stage.node === node.id);
  const id = UUID.test(node.machine);
  const machine = [id ? "" : node.machine, node.cores > 0 ? plural(node.cores, "core") : ""].filter(Boolean).join(", ");
  return h(
    "li",
    { class: `card ${held.length > 0 ? nodeClass(node.id) : "unused"}` },
    h("div", { class: "card-head" }, h("h4", {}, node.id), isSource ? h("span", { class: "badge", title: "the node that serves clients" }, "source") : without),
    machine ? h("p", { class: "card-note" }, machine) : null,
    id ? h("details", { class: "card-note" }, h("summary", {}, "Machine"), node.machine) : null,
    h("p", { class: "card-layers" }, held.length > 0 ? held.map(stageWords).join("; ") : "Holds no layers"),
    ...memory(node),
    h("p", { class: "card-note" }, `${fineDuration(node.decodeLayerMs)} per layer and token, ${fineDuration(node.prefillLayerMs)} per layer for a prompt of ${plan.promise.promptTokens}`),
  );
}

function stageWords({ layerStart, layerEnd, embedding, head }) {
  const words = [layers(layerStart, layerEnd), embedding ? "embedding" : "", head ? "head" : ""].filter(Boolean).join(", ");
  return words[0].toUpperCase() + words.slice(1);
}

function memory(node) {
  if (!node.memory) {
    return [h("p", { class: "card-memory" }, `May use ${bytes(node.usableBytes)}`)];
  }
  const total = ITEMS.reduce((sum, [field]) => sum + node.memory[field], 0);
  const free = node.usableBytes - total;
  const bar = h("div", { class: "stack", "aria-hidden": "true" });
  const whole = Math.max(total, node.usableBytes, 1);
  const rows = ITEMS.map(([field, name, kind]) => [name, kind, node.memory[field]]);
  if (free >= 0) {
    rows.push(["Free", "free", free]);
  }
  for (const [, kind, size] of rows) {
    const part = h("i", { class: kind });
    part.style.setProperty("--share", size / whole);
    bar.append(part);
  }
  const over = free < 0 ? h("strong", { class: "over" }, `, ${bytes(-free)} too much`) : null;
  return [
    h("p", { class: "card-memory" }, `${bytes(total)} of ${bytes(node.usableBytes)} that it may use`, over),
    bar,
    h("dl", { class: "stack-legend" }, ...rows.map(([name, kind, size]) => h("div", {}, h("dt", {}, h("i", { class: `key ${kind}`, "aria-hidden": "true" }), name), h("dd", { class: "number" }, bytes(size))))),
  ];
}
