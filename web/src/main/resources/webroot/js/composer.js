import { byId } from "./dom.js";
import { count } from "./format.js";

/** Where questions are written, sent and stopped. */
export class Composer {
  #session;
  #availability;
  #field = byId("question");
  #send = byId("send");
  #stop = byId("stop");
  #notice = byId("notice");
  #growsByItself;

  /**
   * @param {ChatSession} session
   * @param {Availability} availability whether a question would be answered
   * @param {Settings} settings
   */
  constructor(session, availability, settings) {
    this.#session = session;
    this.#availability = availability;
    byId("composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#field.addEventListener("keydown", (event) => this.#key(event));
    this.#field.addEventListener("input", () => this.#show());
    this.#growsByItself = CSS.supports("field-sizing", "content");
    this.#stop.addEventListener("click", () => this.#stopAnswer());
    for (const name of ["running", "opened", "ended", "context"]) {
      session.addEventListener(name, () => this.#show());
    }
    availability.addEventListener("change", () => this.#show());
    settings.addEventListener("change", () => this.#show());
    this.#show();
  }

  /** Asks at once when that is possible, else leaves the words to be sent. */
  ask(text) {
    this.#field.value = text;
    this.focus();
    this.#submit();
  }

  /** Not where that would make a keyboard cover half the screen. */
  focus() {
    if (!matchMedia("(hover: none)").matches) {
      this.#field.focus();
    }
  }

  #key(event) {
    if (event.key === "Enter" && !event.shiftKey && !isComposing(event)) {
      event.preventDefault();
      this.#submit();
    }
  }

  #submit() {
    const text = this.#field.value.trim();
    if (text && this.#availability.reason === null && !this.#session.isAnswering()) {
      this.#field.value = "";
      this.#session.ask(text);
    }
    this.#show();
  }

  #stopAnswer() {
    this.#session.stop();
    this.focus();
  }

  #show() {
    const answering = this.#session.isAnswering();
    const { reason } = this.#availability;
    const focusMoves = document.activeElement === this.#send && answering;
    this.#send.hidden = answering;
    this.#stop.hidden = !answering;
    if (focusMoves) {
      this.#stop.focus();
    }
    this.#send.disabled = reason !== null || this.#field.value.trim() === "";
    this.#notice.hidden = reason === null;
    if (this.#notice.textContent !== (reason ?? "")) {
      this.#notice.textContent = reason ?? "";
    }
    this.#showContextUse();
    if (!this.#growsByItself) {
      this.#field.style.height = "auto";
      this.#field.style.height = `${this.#field.scrollHeight}px`;
    }
  }

  #showContextUse() {
    const size = this.#session.model?.contextTokens;
    const used = this.#session.estimatedTokens(this.#field.value);
    byId("context-use").textContent = size && used > 0 ? `about ${count(used)} of ${count(size)} tokens` : "";
  }
}

/** Safari ends a composition before its Enter arrives, which then has this code. */
function isComposing(event) {
  return event.isComposing || event.keyCode === 229;
}
