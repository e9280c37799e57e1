import { addCopyButtons } from "./code-block.js";
import { blocksOf, nodesOf } from "./markdown.js";

/**
 * The growing text of an answer as Markdown. Blocks that did not change since the last time stay as
 * they are, so that the work for each token does not grow with the answer, and a selection survives.
 */
export class AnswerText {
  #element;
  #shown = [];
  #pending = 0;
  #text = "";
  #links = "";

  constructor(element) {
    this.#element = element;
  }

  /** Shows the text with the next frame; several calls before it cost one. */
  later(text) {
    this.#text = text;
    this.#pending ||= requestAnimationFrame(() => this.now(this.#text));
  }

  now(text) {
    cancelAnimationFrame(this.#pending);
    this.#pending = 0;
    const { blocks, links } = blocksOf(text);
    const same = links === this.#links ? this.#countSame(blocks) : 0;
    this.#links = links;
    this.#shown.splice(same).forEach(({ element }) => element.remove());
    for (const block of blocks.slice(same)) {
      const element = document.createElement("div");
      element.className = "block";
      element.append(nodesOf(block));
      readInItsDirection(element);
      addCopyButtons(element);
      this.#shown.push({ raw: block.raw, element });
      this.#element.append(element);
    }
  }

  #countSame(blocks) {
    const changed = blocks.findIndex(({ raw }, index) => this.#shown[index]?.raw !== raw);
    return changed < 0 ? blocks.length : changed;
  }
}

/** Each paragraph, item and cell from its own beginning, as its first letter says. */
function readInItsDirection(element) {
  for (const part of element.querySelectorAll("p, li, h3, h4, h5, h6, th, td")) {
    part.dir = "auto";
  }
}
