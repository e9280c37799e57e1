import { h, iconButton } from "./dom.js";

/** Leads from one version of a message to the others. */
export class Versions {
  #choose;
  #all = [];
  #at = 0;
  #place = h("span", { class: "version-place" });
  #back = iconButton("left", "The version before", () => this.#go(-1));
  #on = iconButton("right", "The version after", () => this.#go(1));
  element = h("div", { class: "versions", role: "group", "aria-label": "Versions", hidden: true }, this.#back, this.#place, this.#on);

  /** @param {(version: object) => void} choose puts another one on screen */
  constructor(choose) {
    this.#choose = choose;
  }

  /**
   * @param {object[]} all in the order in which they were made
   * @param {object} message the one on screen
   */
  show(all, message) {
    this.#all = all;
    this.#at = all.indexOf(message);
    this.element.hidden = all.length < 2;
    this.#place.textContent = `${this.#at + 1} of ${all.length}`;
    // Not disabled: a button that is would lose the focus.
    this.#back.setAttribute("aria-disabled", String(this.#at === 0));
    this.#on.setAttribute("aria-disabled", String(this.#at === all.length - 1));
  }

  #go(step) {
    const version = this.#all[this.#at + step];
    if (version) {
      this.#choose(version);
    }
  }
}
