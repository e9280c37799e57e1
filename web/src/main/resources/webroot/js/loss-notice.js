import { copyFrom } from "./clipboard.js";
import { h, iconButton } from "./dom.js";

/** Which nodes are lost, what is being done, and what to type where to bring them back. */
export class LossNotice {
  #shown = "";
  element = h("section", { class: "loss-notice", role: "status", "aria-label": "Lost nodes", hidden: true });

  /** @param {{losses: object[], doing: string}} status as the cluster tells it */
  show({ losses, doing }) {
    const shown = JSON.stringify([losses, doing]);
    if (shown === this.#shown) {
      return;
    }
    this.#shown = shown;
    this.element.hidden = losses.length === 0;
    this.element.replaceChildren(...losses.map(lossLine), h("p", { class: "loss-doing" }, doing ? `Now: ${doing}.` : ""));
  }
}

function lossLine({ node, host, bringBack }) {
  const copy = iconButton("copy", `Copy the line that brings ${node} back`, () => copyFrom(copy, bringBack));
  return h(
    "div",
    { class: "loss-line" },
    h("p", {}, h("strong", {}, node), ` has left. To bring it back, type on ${host}:`),
    h("div", { class: "loss-command" }, h("code", {}, bringBack), copy),
  );
}
