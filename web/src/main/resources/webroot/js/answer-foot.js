import { tokenCount, tokensPerSecond } from "./answer.js";
import { answerDetails } from "./answer-details.js";
import { copyFrom } from "./clipboard.js";
import { h, icon, iconButton } from "./dom.js";
import { duration, plural, rate } from "./format.js";
import { Versions } from "./versions.js";

const LIVE_EVERY_MS = 250;
const ENDINGS = {
  stopped: "stopped",
  length: "cut at its longest length",
};

/** Below an answer: how fast it came, where the time went, and what can be done with it. */
export class AnswerFoot {
  #session;
  #message = null;
  #isLast = true;
  #figures = h("p", { class: "figures" });
  #details = h("div", { class: "details", hidden: true });
  #expand;
  #again;
  #goOn;
  #versions;
  #next = 0;
  element;

  constructor(session) {
    this.#session = session;
    const copy = iconButton("copy", "Copy this answer", () => copyFrom(copy, this.#message.text));
    // It stays while the new answer comes: whoever pressed it finds the focus where it was.
    this.#again = iconButton("again", "Make this answer anew", () => session.regenerate(this.#message));
    this.#goOn = h("button", { type: "button", class: "link-button", click: () => this.#continue() }, "Continue");
    this.#versions = new Versions((version) => session.choose(version));
    this.#expand = h(
      "button",
      { type: "button", class: "link-button expand", "aria-expanded": "false", click: () => this.#toggle() },
      "Where the time went",
      icon("chevron"),
    );
    const actions = h("div", { class: "actions" }, copy, this.#again);
    this.element = h("footer", { class: "answer-foot" }, h("div", { class: "foot-line" }, this.#versions.element, actions, this.#figures, this.#goOn, this.#expand), this.#details);
  }

  /** Tells of a version. */
  show(message) {
    this.#message = message;
    this.#versions.show(this.#session.versionsOf(message), message);
    this.#showActions();
    this.ended();
  }

  /** For when the button that asked for it goes. */
  focus() {
    this.#again.focus();
  }

  set isLast(last) {
    this.#isLast = last;
    this.#showActions();
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
    } else {
      this.#setOpen(false);
    }
  }

  #continue() {
    this.#session.goOn(this.#message);
    this.focus();
  }

  #showActions() {
    const { state, finish } = this.#message;
    this.#again.hidden = !this.#isLast;
    this.#again.setAttribute("aria-disabled", String(state === "streaming"));
    this.#goOn.hidden = !(this.#isLast && state === "complete" && finish === "length");
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
    this.#setOpen(this.#details.hidden);
  }

  #setOpen(open) {
    this.#details.hidden = !open;
    this.#expand.setAttribute("aria-expanded", String(open));
  }
}
