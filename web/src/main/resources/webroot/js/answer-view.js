import { AnswerFoot } from "./answer-foot.js";
import { AnswerText } from "./answer-text.js";
import { h, icon } from "./dom.js";
import { heading, setLeftOut } from "./message-heading.js";
import { PromptProgress } from "./prompt-progress.js";
import { RepetitionNotice } from "./repetition.js";

/** An answer of the conversation on screen, in one of its versions. */
export class AnswerView {
  #session;
  #message = null;
  #isLast = true;
  #text;
  #foot;
  #banner = h("div", { class: "banner", hidden: true });
  #prompt = new PromptProgress();
  #loop;
  element;

  constructor(session) {
    this.#session = session;
    this.#loop = new RepetitionNotice(() => session.stop());
    this.#foot = new AnswerFoot(session);
    const text = h("div", { class: "answer-text" });
    this.#text = new AnswerText(text);
    const waiting = h("div", { class: "waiting", "aria-hidden": "true" }, h("i"), h("i"), h("i"));
    this.element = h("article", { class: "message answer" }, ...heading("EdgeShard"), text, waiting, this.#prompt.element, this.#loop.element, this.#banner, this.#foot.element);
  }

  /** Shows a version of it. */
  show(message) {
    if (message !== this.#message) {
      this.#message = message;
      this.#loop.begin();
    }
    this.#text.now(message.text);
    this.#foot.show(message);
    this.#showState();
  }

  /** More text came. */
  progress() {
    const { text, stats } = this.#message;
    this.#prompt.show(text === "" ? stats.prompt : undefined);
    this.element.classList.toggle("reading", !this.#prompt.element.hidden);
    this.#text.later(text);
    this.#loop.look(text);
    this.#foot.live();
  }

  /** Whether this is the last message. */
  set isLast(last) {
    this.#isLast = last;
    this.#foot.isLast = last;
    this.#showBanner();
  }

  /** Whether the model is no longer told of it. */
  set isLeftOut(leftOut) {
    setLeftOut(this.element, leftOut);
  }

  #showState() {
    const { state } = this.#message;
    this.element.dataset.state = state;
    this.element.setAttribute("aria-busy", String(state === "streaming"));
    if (state !== "streaming") {
      this.#prompt.show(undefined);
      this.element.classList.remove("reading");
      this.#loop.end();
      this.#foot.ended();
    }
    this.#showBanner();
  }

  #showBanner() {
    const { state, error, attempt, text } = this.#message;
    const failure = state === "failed" ? { ...error, title: failureTitle(text, error.code) } : attempt && { ...attempt, title: "The new answer failed; this is the one before" };
    this.#banner.hidden = !failure;
    if (failure) {
      this.#banner.replaceChildren(...this.#bannerContent(failure));
    }
  }

  #bannerContent({ code, message, title }) {
    const tooLong = code === "context_length_exceeded";
    const advice = tooLong ? " Shorten the question or the system prompt, or allow a shorter answer." : "";
    const words = this.#isLast ? "Try again" : "Try again from here";
    return [
      h("div", {}, h("strong", {}, title), h("p", {}, message + advice)),
      h("button", { type: "button", class: "button", click: () => this.#tryAgain() }, icon("again"), words),
    ];
  }

  #tryAgain() {
    this.#session.regenerate(this.#message);
    this.#foot.focus();
  }
}

/** What happened to an answer that failed, in a few words. */
export function failureTitle(text, code) {
  if (code === "context_length_exceeded") {
    return "Too long for the model";
  }
  return text ? "The answer broke off" : "No answer";
}
