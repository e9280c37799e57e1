import { AnswerFoot } from "./answer-foot.js";
import { AnswerText } from "./answer-text.js";
import { h, icon } from "./dom.js";
import { PromptProgress } from "./prompt-progress.js";
import { RepetitionNotice } from "./repetition.js";

/** One message of the conversation on screen. */
export class MessageView {
  #message;
  #text = null;
  #foot = null;
  #banner;
  #prompt = new PromptProgress();
  #loop;

  /**
   * @param {object} message
   * @param {() => void} regenerate makes the answer anew
   * @param {() => void} stop ends the answer
   */
  constructor(message, regenerate, stop) {
    this.#message = message;
    this.regenerate = regenerate;
    this.#loop = new RepetitionNotice(stop);
    this.element = message.role === "user" ? this.#question() : this.#answer();
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

  /** The answer is what it will be. */
  end() {
    this.#text.now(this.#message.text);
    this.#showState();
  }

  /** Whether this is the last message, the only one that can be made anew. */
  set isLast(last) {
    this.#foot?.showAgain(last);
  }

  /** Whether the model is no longer told of it. */
  set isLeftOut(leftOut) {
    this.element.classList.toggle("left-out", leftOut);
    this.element.querySelector(".left-out-words").hidden = !leftOut;
  }

  #question() {
    return h("article", { class: "message question" }, ...this.#heading("You"), h("div", { class: "bubble", dir: "auto" }, this.#message.text));
  }

  #answer() {
    const text = h("div", { class: "answer-text" });
    this.#text = new AnswerText(text);
    this.#foot = new AnswerFoot(this.#message, () => this.regenerate());
    this.#banner = h("div", { class: "banner", hidden: true });
    const waiting = h("div", { class: "waiting", "aria-hidden": "true" }, h("i"), h("i"), h("i"));
    const element = h("article", { class: "message answer" }, ...this.#heading("EdgeShard"), text, waiting, this.#prompt.element, this.#loop.element, this.#banner, this.#foot.element);
    this.element = element;
    this.#text.now(this.#message.text);
    this.#showState();
    return element;
  }

  #heading(who) {
    return [
      h("h2", { class: "visually-hidden" }, who),
      h("p", { class: "left-out-words", hidden: true }, "Not sent any more"),
    ];
  }

  #showState() {
    const { state, error } = this.#message;
    this.element.dataset.state = state;
    this.element.setAttribute("aria-busy", String(state === "streaming"));
    this.#prompt.show(undefined);
    this.element.classList.remove("reading");
    this.#loop.end();
    this.#foot.ended();
    this.#banner.hidden = state !== "failed";
    if (state === "failed") {
      this.#banner.replaceChildren(...bannerContent(this.#message.text, error, () => this.regenerate()));
    }
  }
}

function bannerContent(text, { code, message }, retry) {
  const tooLong = code === "context_length_exceeded";
  const title = failureTitle(text, code);
  const advice = tooLong ? " Shorten the question or the system prompt, or allow a shorter answer." : "";
  return [
    h("div", {}, h("strong", {}, title), h("p", {}, message + advice)),
    h("button", { type: "button", class: "button", click: retry }, icon("again"), "Try again"),
  ];
}

/** What happened to an answer that failed, in a few words. */
export function failureTitle(text, code) {
  if (code === "context_length_exceeded") {
    return "Too long for the model";
  }
  return text ? "The answer broke off" : "No answer";
}
