import { tokenCount, tokensPerSecond } from "./answer.js";
import { answerDetails } from "./answer-details.js";
import { copyFrom } from "./clipboard.js";
import { h, icon, iconButton } from "./dom.js";
import { duration, plural, rate } from "./format.js";

const LIVE_EVERY_MS = 250;
const ENDINGS = {
  stopped: "stopped",
  length: "cut at its longest length",
};

/** Below an answer: how fast it came, where the time went, and what can be done with it. */
export class AnswerFoot {
  #message;
  #figures = h("p", { class: "figures" });
  #details = h("div", { class: "details", hidden: true });
  #expand;
  #again;
  #next = 0;

  constructor(message, regenerate) {
    this.#message = message;
    const copy = iconButton("copy", "Copy this answer", () => copyFrom(copy, message.text));
    this.#again = iconButton("again", "Make this answer anew", regenerate);
    this.#expand = h(
      "button",
      { type: "button", class: "link-button expand", "aria-expanded": "false", click: () => this.#toggle() },
      "Where the time went",
      icon("chevron"),
    );
    const actions = h("div", { class: "actions" }, copy, this.#again);
    this.element = h("footer", { class: "answer-foot" }, h("div", { class: "foot-line" }, actions, this.#figures, this.#expand), this.#details);
  }

  showAgain(last) {
    this.#again.hidden = !last;
  }

  /** While tokens come: the figures so far, not so often that they flicker. */
  live() {
    this.#next ||= setTimeout(() => {
      this.#next = 0;
      this.#showFigures();
    }, LIVE_EVERY_MS);
  }

  ended() {
    clearTimeout(this.#next);
    this.#next = 0;
    this.#showFigures();
    const details = answerDetails(this.#message.stats);
    this.#expand.hidden = details === null;
    if (details) {
      this.#details.replaceChildren(details);
    }
  }

  #showFigures() {
    const { stats, state, finish } = this.#message;
    const speed = tokensPerSecond(stats);
    const figures = [
      stats.events > 0 ? plural(tokenCount(stats), "token") : null,
      speed === null ? null : rate(speed),
      stats.firstTokenMs === undefined ? null : `first token after ${duration(stats.firstTokenMs)}`,
      ENDINGS[state] ?? (state === "complete" ? ENDINGS[finish] : null) ?? null,
    ].filter((figure) => figure !== null);
    this.#figures.textContent = figures.join(" · ");
  }

  #toggle() {
    const open = this.#details.hidden;
    this.#details.hidden = !open;
    this.#expand.setAttribute("aria-expanded", String(open));
  }
}
