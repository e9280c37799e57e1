import { announce } from "./announcer.js";
import { h } from "./dom.js";
import { emptyState } from "./empty-state.js";
import { count, plural } from "./format.js";
import { MessageView, failureTitle } from "./message-view.js";
import { StickyScroll } from "./sticky-scroll.js";

const MOST_READ_CHARACTERS = 1000;

/** The conversation on screen. */
export class Transcript {
  #session;
  #list;
  #scroll;
  #ask;
  #views = new Map();
  #mark = h("p", { class: "context-mark", role: "note" });

  /**
   * @param {ChatSession} session
   * @param {HTMLElement} scroller
   * @param {HTMLElement} list
   * @param {HTMLElement} jump brings back to the latest text
   * @param {(text: string) => void} ask what an example does
   */
  constructor(session, scroller, list, jump, ask) {
    this.#session = session;
    this.#list = list;
    this.#ask = ask;
    this.#scroll = new StickyScroll(scroller, jump);
    session.addEventListener("opened", () => this.show());
    session.addEventListener("added", ({ detail }) => this.#add(detail));
    session.addEventListener("removed", ({ detail }) => this.#remove(detail));
    session.addEventListener("progress", ({ detail }) => this.#views.get(detail).progress());
    session.addEventListener("ended", ({ detail }) => this.#end(detail));
    session.addEventListener("context", () => this.#markLeftOut());
  }

  /** Says something of the cluster beneath the latest message; it is no part of the chat. */
  note(words) {
    if (this.#session.chat.messages.length > 0) {
      this.#list.append(h("p", { class: "context-mark plan-note", role: "note" }, words));
    }
  }

  /** Shows the session's chat from its first message. */
  show() {
    this.#views.clear();
    this.#list.replaceChildren();
    this.#session.chat.messages.forEach((message) => this.#append(message));
    this.#afterChange();
    if (this.#session.chat.messages.length > 0) {
      this.#scroll.toEnd();
    }
  }

  #add(message) {
    this.#append(message);
    this.#afterChange();
    this.#scroll.toEnd();
    if (message.role === "assistant") {
      announce("Answering");
    }
  }

  #append(message) {
    const view = new MessageView(message, () => this.#regenerate(), () => this.#session.stop());
    this.#views.set(message, view);
    this.#list.append(view.element);
  }

  /** The button that asked for it goes; the focus must not go with it. */
  #regenerate() {
    this.#scroll.focus();
    this.#session.regenerate();
  }

  #remove(message) {
    this.#views.get(message)?.element.remove();
    this.#views.delete(message);
    this.#afterChange();
  }

  #end(message) {
    this.#views.get(message).end();
    if (message.state === "complete") {
      const short = message.text.length <= MOST_READ_CHARACTERS;
      announce(short ? `Answer: ${message.text}` : `The answer is complete, ${plural(message.text.split(/\s+/).length, "word")}.`);
    } else if (message.state === "stopped") {
      announce("Stopped");
    } else {
      announce(`${failureTitle(message.text, message.error.code)}: ${message.error.message}`);
    }
  }

  #afterChange() {
    const { messages } = this.#session.chat;
    this.#list.querySelector(".empty")?.remove();
    if (messages.length === 0) {
      this.#list.append(emptyState(this.#ask));
    }
    const last = messages.at(-1);
    this.#views.forEach((view, message) => {
      view.isLast = message === last;
    });
    this.#markLeftOut();
  }

  #markLeftOut() {
    const { messages, leftOut } = this.#session.chat;
    messages.forEach((message, index) => {
      const view = this.#views.get(message);
      if (view) {
        view.isLeftOut = index < leftOut;
      }
    });
    this.#mark.remove();
    if (leftOut > 0) {
      const size = this.#session.model?.contextTokens;
      const context = size ? `the model's context of ${count(size)} tokens` : "the model's context";
      this.#mark.textContent = `The conversation outgrew ${context}. What stands above is not sent any more.`;
      this.#views.get(messages[leftOut])?.element.before(this.#mark);
    }
  }
}
