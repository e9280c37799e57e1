import { copyFrom } from "./clipboard.js";
import { h, iconButton } from "./dom.js";
import { isPlainEnter } from "./keys.js";
import { heading, setLeftOut } from "./message-heading.js";
import { toast } from "./toast.js";
import { Versions } from "./versions.js";

/** What a person asked: it can be copied, and asked in other words. */
export class QuestionView {
  #session;
  #message = null;
  #latest = null;
  #bubble = h("div", { class: "bubble", dir: "auto" });
  #edit = iconButton("pen", "Edit this question", () => this.edit());
  #versions;
  #foot;
  #form = null;
  element;

  constructor(session) {
    this.#session = session;
    this.#versions = new Versions((version) => session.choose(version));
    const copy = iconButton("copy", "Copy this question", () => copyFrom(copy, this.#message.text));
    this.#foot = h("footer", { class: "question-foot" }, this.#versions.element, h("div", { class: "actions" }, copy, this.#edit));
    this.element = h("article", { class: "message question" }, ...heading("You"), this.#bubble, this.#foot);
  }

  /** Shows a version of it. */
  show(message) {
    this.#latest = message;
    if (this.#form) {
      return; // Not under the fingers of who types there.
    }
    this.#message = message;
    this.#bubble.textContent = message.text;
    this.#versions.show(this.#session.versionsOf(message), message);
  }

  /** What is being typed into it and would be lost with it. */
  get draft() {
    const typed = this.#form?.querySelector("textarea").value ?? "";
    return typed === this.#message.text ? "" : typed;
  }

  set isLeftOut(leftOut) {
    setLeftOut(this.element, leftOut);
  }

  /** Lets its words be changed. */
  edit() {
    if (this.#form || this.#session.isAnswering()) {
      return;
    }
    const field = h("textarea", { "aria-label": "Your question, in other words", rows: "2", dir: "auto" });
    field.value = this.#message.text;
    const send = () => {
      const text = field.value.trim();
      if (this.#session.isAnswering()) {
        toast("An answer is being made in this chat: stop it first, or wait for its end.");
      } else if (text) {
        const question = this.#message;
        this.#close();
        this.#session.edit(question, text);
      }
    };
    field.addEventListener("keydown", (event) => {
      if (isPlainEnter(event)) {
        event.preventDefault();
        send();
      } else if (event.key === "Escape") {
        event.stopPropagation();
        this.#leave();
      }
    });
    this.#form = h(
      "form",
      { class: "edit-question", submit: (event) => (event.preventDefault(), send()) },
      field,
      h(
        "div",
        { class: "edit-actions" },
        h("button", { type: "button", class: "button", click: () => this.#leave() }, "Cancel"),
        h("button", { type: "submit", class: "button strong" }, "Ask this instead"),
      ),
    );
    this.#bubble.hidden = true;
    this.#foot.hidden = true;
    this.#bubble.after(this.#form);
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  }

  #leave() {
    this.#close();
    this.#edit.focus();
  }

  #close() {
    this.#form?.remove();
    this.#form = null;
    this.#bubble.hidden = false;
    this.#foot.hidden = false;
    this.show(this.#latest);
  }
}
