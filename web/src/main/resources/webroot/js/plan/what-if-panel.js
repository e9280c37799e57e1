import { announce } from "../announcer.js";
import { h, icon } from "../dom.js";
import { redraw } from "../redraw.js";
import { leftOutList, noteList } from "./left-out.js";
import { FittedDrawing } from "./fitted-drawing.js";
import { whatIf } from "./plan-api.js";
import { differenceInWords, planDifference } from "./plan-difference.js";
import { WhatIfForm } from "./what-if-form.js";
import { inWords } from "./what-if-changes.js";

/** What would be if: the changes so far, how to make more, and the plan they would lead to. */
export class WhatIfPanel {
  #changes;
  #form;
  #chips = h("ul", { class: "chips", "aria-label": "Changes" });
  #undo;
  #clear;
  #sum = h("p", { class: "what-if-sum" });
  #see;
  /** The changes so far and what they would lead to, in short; stays in sight. */
  bar;
  #result = h("div", { class: "what-if-result" });
  #drawing = new FittedDrawing();
  #today = null;
  #asking = null;

  /** @param {WhatIfChanges} changes */
  constructor(changes) {
    this.#changes = changes;
    this.#form = new WhatIfForm(changes);
    this.#undo = h("button", { type: "button", class: "button", click: () => changes.undo() }, icon("undo"), "Undo");
    this.#clear = h("button", { type: "button", class: "button", click: () => changes.clear() }, "As today");
    this.#see = h("button", { type: "button", class: "button", click: () => this.#goThere() }, icon("down"), "See the plan");
    this.bar = h(
      "section",
      { class: "what-if-bar", "aria-label": "Changes thought about" },
      h("div", { class: "what-if-bar-words" }, this.#chips, this.#sum),
      h("div", { class: "what-if-bar-buttons" }, this.#undo, this.#clear, this.#see),
    );
    this.element = h(
      "section",
      { class: "what-if", id: "what-if", tabindex: "-1", "aria-labelledby": "what-if-title" },
      h("h3", { id: "what-if-title" }, "What if …"),
      h("p", { class: "section-note" }, "Only thought about: nothing here is put in force."),
      this.#form.element,
      this.#result,
    );
    changes.addEventListener("change", () => this.#changed());
    this.#showChanges();
  }

  /** Another plan is in force, or it has other figures. */
  show(plan) {
    const other = plan.planId !== this.#today?.planId;
    this.#today = plan;
    this.#form.show(plan);
    if (other && this.#changes.list.length > 0) {
      this.#ask();
    }
  }

  #changed() {
    this.#showChanges();
    this.#ask();
  }

  #showChanges() {
    const { list, canUndo } = this.#changes;
    const hadFocus = this.bar.contains(document.activeElement);
    redraw(this.#chips, ...list.map((change) => this.#chip(change)));
    this.bar.hidden = list.length === 0;
    this.#undo.disabled = !canUndo;
    this.#clear.disabled = list.length === 0;
    if (hadFocus && (this.bar.hidden || document.activeElement === document.body)) {
      this.element.focus({ preventScroll: true });
    }
  }

  #chip(change) {
    const words = inWords(change);
    return h("li", { class: "chip" }, words, h("button", { type: "button", class: "chip-remove", "data-key": words, "aria-label": `Not any more: ${words}`, click: () => this.#changes.without(change) }, icon("close")));
  }

  #goThere() {
    this.element.focus({ preventScroll: true });
    this.#result.scrollIntoView({ block: "start" });
  }

  async #ask() {
    this.#asking?.abort();
    if (this.#changes.list.length === 0) {
      this.#result.replaceChildren();
      this.#sum.textContent = "";
      this.#busy(false);
      return;
    }
    const asking = new AbortController();
    this.#asking = asking;
    this.#busy(true);
    try {
      this.#answered(await whatIf(this.#changes.body(), asking.signal));
    } catch (error) {
      if (asking.signal.aborted) {
        return;
      }
      this.#refused(error.message);
    }
    this.#busy(false);
  }

  #busy(busy) {
    this.#result.setAttribute("aria-busy", String(busy));
    this.#sum.setAttribute("aria-busy", String(busy));
  }

  #answered(then) {
    const words = differenceInWords(this.#today, then);
    announce(`Then: ${words}`);
    this.#sum.replaceChildren(h("strong", {}, "Then "), words);
    this.#sum.dataset.failed = "false";
    this.#see.hidden = false;
    this.#drawing.show(then);
    this.#result.replaceChildren(
      planDifference(this.#today, then),
      h("h4", {}, "The plan it would lead to"),
      this.#drawing.element,
      ...(then.leftOut.length > 0 ? [h("h4", {}, "Left out then"), leftOutList(then)] : []),
      ...(then.notes.length > 0 ? [noteList(then)] : []),
    );
  }

  #refused(message) {
    announce(`There is no such plan: ${message}`);
    this.#sum.replaceChildren(h("strong", {}, "There is no such plan. "), message);
    this.#sum.dataset.failed = "true";
    this.#see.hidden = true;
    this.#result.replaceChildren(h("div", { class: "banner" }, h("div", {}, h("strong", {}, "There is no such plan"), h("p", {}, message))));
  }
}
