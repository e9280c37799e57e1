import { byId } from "./dom.js";
import { count } from "./format.js";
import { isPlainEnter } from "./keys.js";

/** Tokens that a chat template and an answer need at least. */
const LEAST_ROOM = 32;

/** Where questions are written, sent and stopped. */
export class Composer {
  #session;
  #availability;
  #field = byId("question");
  #send = byId("send");
  #stop = byId("stop");
  #notice = byId("notice");
  #growsByItself;
  #editLast;

  /**
   * @param {ChatSession} session
   * @param {Availability} availability whether a question would be answered
   * @param {() => void} editLast lets the last question be asked in other words
   */
  constructor(session, availability, editLast) {
    this.#session = session;
    this.#editLast = editLast;
    this.#availability = availability;
    byId("composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#field.addEventListener("keydown", (event) => this.#key(event));
    this.#field.addEventListener("input", () => this.#show());
    this.#growsByItself = CSS.supports("field-sizing", "content");
    this.#stop.addEventListener("click", () => this.#stopAnswer());
    for (const name of ["running", "opened", "changed", "ended", "context"]) {
      session.addEventListener(name, () => this.#show());
    }
    availability.addEventListener("change", () => this.#show());
    this.#show();
  }

  /** Asks at once when that is possible, else leaves the words to be sent. */
  ask(text) {
    this.#field.value = text;
    this.focus();
    this.#submit();
  }

  /** Takes in words that would be lost elsewhere. */
  keep(text) {
    this.#field.value = [this.#field.value, text].filter((words) => words !== "").join("\n\n");
    this.#show();
  }

  /** Not where that would make a keyboard cover half the screen. */
  focus() {
    if (!matchMedia("(hover: none)").matches) {
      this.#field.focus();
    }
  }

  #key(event) {
    if (isPlainEnter(event)) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === "ArrowUp" && this.#field.value === "") {
      event.preventDefault();
      this.#editLast();
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
    const words = reason ?? this.#tooLong() ?? "";
    this.#notice.hidden = words === "";
    if (this.#notice.textContent !== words) {
      this.#notice.textContent = words;
    }
    this.#showContextUse();
    if (!this.#growsByItself) {
      this.#field.style.height = "auto";
      this.#field.style.height = `${this.#field.scrollHeight}px`;
    }
  }

  /** Guessed, therefore no reason not to send it. */
  #tooLong() {
    const size = this.#session.model?.contextTokens;
    const tokens = size && this.#field.value ? this.#session.estimatedTokensOfDraft(this.#field.value) : 0;
    return tokens > size - LEAST_ROOM ? `This text has about ${count(tokens)} tokens, and the model reads at most ${count(size)}: it has to be shorter.` : null;
  }

  #showContextUse() {
    const size = this.#session.model?.contextTokens;
    const used = this.#session.estimatedTokens(this.#field.value);
    byId("context-use").textContent = size && used > 0 ? `about ${count(used)} of ${count(size)} tokens` : "";
  }
}
