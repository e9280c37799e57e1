import { h } from "../dom.js";
import { pipelineDrawing } from "./pipeline-drawing.js";

/** A drawing of a plan that is as wide as the room it has. */
export class FittedDrawing {
  element = h("div", { class: "drawing" });
  #plan = null;
  #width = 0;

  constructor() {
    new ResizeObserver(([{ contentRect }]) => this.#fit(Math.floor(contentRect.width))).observe(this.element);
  }

  show(plan) {
    this.#plan = plan;
    this.#draw();
  }

  #fit(width) {
    if (width !== this.#width) {
      this.#width = width;
      this.#draw();
    }
  }

  #draw() {
    if (this.#plan && this.#width > 0) {
      this.element.replaceChildren(pipelineDrawing(this.#plan, this.#width));
    }
  }
}
