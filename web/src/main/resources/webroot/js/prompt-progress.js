import { h } from "./dom.js";
import { count } from "./format.js";

/** How much of a long prompt is computed, while nothing of the answer has come. */
export class PromptProgress {
  #words = h("p", { class: "prompt-words" });
  #bar = h("progress", { "aria-label": "Reading the prompt" });
  element = h("div", { class: "prompt-progress", hidden: true }, this.#words, this.#bar);

  /** @param {object|undefined} progress as the stream tells it; undefined once text has come */
  show(progress) {
    this.element.hidden = progress === undefined;
    if (progress) {
      const { processed, total } = progress;
      this.#words.textContent = `Reading the prompt: ${count(processed)} of ${count(total)} tokens`;
      this.#bar.max = total;
      this.#bar.value = processed;
    }
  }
}
