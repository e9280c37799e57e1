import { h } from "../dom.js";

/** Nodes that are not used, each with the reason. */
export function leftOutList(plan) {
  return h("ul", { class: "reasons" }, ...plan.leftOut.map(({ node, reason }) => h("li", {}, h("strong", {}, node), " ", reason)));
}

/** Sentences that people should read. */
export function noteList(plan) {
  return h("ul", { class: "reasons notes" }, ...plan.notes.map((note) => h("li", {}, note)));
}
