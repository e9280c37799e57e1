import { h } from "../dom.js";
import { count, plural } from "../format.js";
import { nameNodes } from "../node-colours.js";
import { redraw } from "../redraw.js";
import { FittedDrawing } from "./fitted-drawing.js";
import { headline } from "./headline.js";
import { leftOutList, noteList } from "./left-out.js";
import { linkTable } from "./link-table.js";
import { nodeCards } from "./node-cards.js";
import { PlanOrders } from "./plan-orders.js";
import { timeTable } from "./time-table.js";
import { WhatIfChanges } from "./what-if-changes.js";
import { WhatIfPanel } from "./what-if-panel.js";

/** Why the cluster is as fast as it is: its plan with figures, drawing, memory, reasons, what-if. */
export class ClusterView {
  #changes = new WhatIfChanges();
  #trouble = h("div", { class: "banner", role: "alert", hidden: true });
  #summary = h("p", { class: "section-note" });
  #headline = h("div", { class: "headline" });
  #drawing = new FittedDrawing();
  #whatIf = new WhatIfPanel(this.#changes);
  #times = h("div");
  #nodes = h("div");
  #links = h("div");
  #leftOut = section("Left out, and why");
  #notes = section("To know");
  #body;

  /** The plan on screen, which may be out of force by now. */
  #last = null;

  /**
   * @param {HTMLElement} element
   * @param {PlanFeed} feed
   */
  constructor(element, feed) {
    this.#body = h(
      "div",
      { class: "plan-body", hidden: true },
      this.#headline,
      h("section", { class: "plan-section" }, h("h3", {}, "A token’s way"), this.#drawing.element, h("p", { class: "section-note" }, "The ring around a node shows how much of its memory is taken.")),
      this.#whatIf.element,
      h("section", { class: "plan-section" }, h("h3", {}, "Where the time goes"), this.#times, h("p", { class: "section-note" }, "Outlined as predicted, filled as measured; what is more than 25 % apart is marked.")),
      this.#notes.element,
      h("section", { class: "plan-section" }, h("h3", {}, "Nodes and their memory"), this.#nodes),
      this.#leftOut.element,
      h("section", { class: "plan-section" }, h("details", { class: "all-links" }, h("summary", {}, h("h3", {}, "All links")), this.#links)),
    );
    element.append(
      h("div", { class: "plan-inner" }, h("div", { class: "plan-head" }, h("div", {}, h("h2", {}, "Cluster"), this.#summary), new PlanOrders().element), this.#trouble, this.#body, this.#whatIf.bar),
    );
    feed.addEventListener("change", () => this.#show(feed));
  }

  #show({ plan, trouble }) {
    const shown = plan ?? this.#last;
    this.#last = shown;
    this.#trouble.hidden = trouble === null;
    this.#trouble.replaceChildren(h("div", {}, h("strong", {}, title(plan, shown)), h("p", {}, trouble ?? "")));
    this.#body.hidden = shown === null;
    this.#body.classList.toggle("out-of-force", plan === null);
    this.#summary.textContent = shown ? summary(shown) : "";
    if (plan) {
      this.#showPlan(plan);
    }
  }

  #showPlan(plan) {
    nameNodes(plan.nodes.map(({ id }) => id));
    redraw(this.#headline, ...headline(plan));
    this.#drawing.show(plan);
    redraw(this.#times, timeTable(plan, this.#changes));
    redraw(this.#nodes, nodeCards(plan, this.#changes));
    redraw(this.#links, linkTable(plan, this.#changes));
    this.#leftOut.show(plan.leftOut.length > 0 ? leftOutList(plan) : null);
    this.#notes.show(plan.notes.length > 0 ? noteList(plan) : null);
    this.#whatIf.show(plan);
  }
}

function title(plan, shown) {
  if (plan) {
    return "Not up to date";
  }
  return shown ? "No plan is in force; below is the last one" : "No plan to show";
}

function summary({ planId, planner, objective, model, weights, layerCount, promise, served }) {
  const what = `${model}, ${plural(layerCount, "layer")}, ${weights} weights`;
  const room = `room for ${plural(promise.sequences, "sequence")} of ${count(promise.contextTokens)} tokens`;
  const lengths = served ?? promise;
  const request = `figures for ${count(lengths.promptTokens)} prompt and ${count(lengths.newTokens)} new tokens${served ? ", as served lately" : ""}`;
  return `${what}. Plan ${planId} by the ${planner} for ${objective}; ${room}; ${request}.`;
}

/** A part with a heading that is there only when it has something to say. */
function section(title) {
  const place = h("div");
  const element = h("section", { class: "plan-section", hidden: true }, h("h3", {}, title), place);
  return {
    element,
    show(content) {
      element.hidden = content === null;
      redraw(place, content);
    },
  };
}
