import { h } from "./dom.js";

/** What stands before a message: who wrote it, for those who listen, and whether it is still sent. */
export function heading(who) {
  return [h("h2", { class: "visually-hidden" }, who), h("p", { class: "left-out-words", hidden: true }, "Not sent any more")];
}

/** Marks a message of which the model is no longer told. */
export function setLeftOut(element, leftOut) {
  element.classList.toggle("left-out", leftOut);
  element.querySelector(".left-out-words").hidden = !leftOut;
}
