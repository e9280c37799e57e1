import { h, icon } from "./dom.js";
import { bytes, layers, plural } from "./format.js";
import { LossNotice } from "./loss-notice.js";
import { nameNodes, nodeClass } from "./node-colours.js";
import { nodeTable } from "./node-table.js";

/** Which nodes hold which layers, as one strip from the embedding to the head. */
export class ClusterStrip {
  #state = h("p", { class: "cluster-state" });
  #plan = h("p", { class: "cluster-plan" });
  #steps = h("p", { class: "cluster-steps number" });
  #segments = h("ol", { class: "segments" });
  #spares = h("p", { class: "spares", hidden: true });
  #refused = h("p", { class: "spares", role: "status", hidden: true });
  #losses = new LossNotice();
  #nodes = h("div", { class: "node-table", id: "node-table", hidden: true });
  #expand;
  #drawn = "";
  /** Where tokens are seen to pass. */
  wire = h("div", { class: "wire", "aria-hidden": "true", hidden: true });

  constructor(section) {
    this.#expand = h(
      "button",
      { type: "button", class: "link-button expand", "aria-expanded": "false", "aria-controls": "node-table", click: () => this.#toggle() },
      "Nodes",
      icon("chevron"),
    );
    const line = h("div", { class: "cluster-line" }, this.#state, this.#plan, this.#steps, this.#expand);
    section.append(line, h("div", { class: "track" }, this.#segments, this.wire), this.#losses.element, this.#spares, this.#refused, this.#nodes);
  }

  /** @param {ClusterFeed} feed */
  show({ status, connected }) {
    this.#showState(connected, status?.ready ?? false);
    if (status) {
      nameNodes(status.nodes.map((node) => node.id));
      const working = status.nodes.filter(holdsLayers);
      this.#plan.textContent = planWords(status, working.length);
      this.#steps.textContent = plural(status.steps, "step");
      this.#nodes.replaceChildren(nodeTable(status.nodes));
      this.#losses.show(status);
      this.#showRefused(status.refused);
      this.#drawWhenChanged(working, status.nodes.filter((node) => !holdsLayers(node)));
    }
  }

  #showState(connected, ready) {
    const words = !connected ? "No connection" : ready ? "Ready" : "Not ready";
    if (this.#state.textContent !== words) {
      this.#state.replaceChildren(h("i", { class: "dot", "aria-hidden": "true" }), words);
    }
    this.#state.dataset.state = connected && ready ? "ready" : "not-ready";
    this.#segments.dataset.known = String(connected);
  }

  #showRefused(refused) {
    this.#refused.hidden = refused.length === 0;
    const words = refused.map(({ node, host, reason }) => `${node} at ${host} is not used: ${reason}.`).join(" ");
    if (this.#refused.textContent !== words) {
      this.#refused.textContent = words;
    }
  }

  #drawWhenChanged(working, spare) {
    const drawn = JSON.stringify([working, spare], (key, value) => (key === "memoryUsedBytes" ? undefined : value));
    if (drawn === this.#drawn) {
      return;
    }
    this.#drawn = drawn;
    this.#segments.replaceChildren(...working.map(segment));
    this.wire.hidden = working.length === 0;
    this.#spares.hidden = spare.length === 0;
    this.#spares.textContent = `Without layers: ${spare.map((node) => `${node.id} (${node.state})`).join(", ")}`;
  }

  #toggle() {
    const open = this.#nodes.hidden;
    this.#nodes.hidden = !open;
    this.#expand.setAttribute("aria-expanded", String(open));
  }
}

const holdsLayers = (node) => node.layerEnd > node.layerStart;

function planWords({ layerCount, weights }, nodeCount) {
  const spread = nodeCount > 0 ? `${plural(layerCount, "layer")} on ${plural(nodeCount, "node")}` : "No layers are placed yet";
  return weights ? `${spread} · ${weights} weights` : spread;
}

function segment(node) {
  const range = layers(node.layerStart, node.layerEnd);
  const memory = `${bytes(node.memoryPlannedBytes)} of ${bytes(node.memoryLimitBytes)}`;
  const element = h(
    "li",
    { class: `segment ${nodeClass(node.id)}`, "data-state": node.state, title: `${node.id}, ${node.state}: ${range}, ${memory} planned` },
    h("span", { class: "segment-name" }, node.id),
    node.embedding ? h("span", { class: "segment-part", title: "holds the embedding, where a token enters" }, "embed") : null,
    node.head ? h("span", { class: "segment-part", title: "holds the output head, where the next token is chosen" }, "head") : null,
    node.state === "ready" ? null : h("span", { class: "segment-state" }, node.state),
    h("span", { class: "segment-layers" }, h("span", { class: "segment-word" }, `${range.split(" ")[0]} `), range.split(" ")[1], h("span", { class: "segment-memory" }, ` · ${memory}`)),
  );
  element.style.setProperty("--share", node.layerEnd - node.layerStart);
  return element;
}
