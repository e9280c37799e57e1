import { announce } from "./announcer.js";
import { h } from "./dom.js";

const LONGEST_PERIOD = 300;
const LEAST_TIMES = 4;
const LEAST_CHARACTERS = 240;

/** Rules, rows of zeros and the like: they may be long. */
const SHORT_PERIOD = 8;
const LEAST_CHARACTERS_OF_SHORT = 600;

const LOOK_EVERY_CHARACTERS = 48;

/**
 * Whether a text ends with the same characters again and again: the last ones, up to 300 of them,
 * at least four times and over at least 240 characters.
 */
export function repeatsItself(text) {
  for (let period = 1; period <= LONGEST_PERIOD; period++) {
    const least = period < SHORT_PERIOD ? LEAST_CHARACTERS_OF_SHORT : Math.max(LEAST_CHARACTERS, LEAST_TIMES * period);
    if (text.length < least) {
      continue;
    }
    let same = 0;
    for (let at = text.length - 1; same < least - period && text[at] === text[at - period]; at--) {
      same++;
    }
    if (same >= least - period && text.slice(-period).trim() !== "") {
      return true;
    }
  }
  return false;
}

/** Offers to stop an answer that repeats itself, once. */
export class RepetitionNotice {
  #lookedAt = 0;
  element;

  /** @param {() => void} stop ends the answer */
  constructor(stop) {
    this.element = h(
      "div",
      { class: "loop-notice", hidden: true },
      h("p", {}, "This answer seems to repeat itself."),
      h("button", { type: "button", class: "button", click: stop }, "Stop it"),
    );
  }

  /** Another answer stands there. */
  begin() {
    this.#lookedAt = 0;
    this.element.hidden = true;
  }

  look(text) {
    if (!this.element.hidden || text.length - this.#lookedAt < LOOK_EVERY_CHARACTERS) {
      return;
    }
    this.#lookedAt = text.length;
    if (repeatsItself(text)) {
      this.element.hidden = false;
      announce("This answer seems to repeat itself. It can be stopped with Escape.");
    }
  }

  end() {
    this.element.hidden = true;
  }
}
