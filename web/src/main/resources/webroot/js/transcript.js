import { announce } from "./announcer.js";
import { AnswerView, failureTitle } from "./answer-view.js";
import { h } from "./dom.js";
import { emptyState } from "./empty-state.js";
import { count, plural } from "./format.js";
import { QuestionView } from "./question-view.js";
import { StickyScroll } from "./sticky-scroll.js";

const MOST_READ_CHARACTERS = 1000;

/**
 * The conversation on screen. A place in it has one view, whichever version of its message is shown
 * there, so that the focus stays where it was.
 */
export class Transcript {
  #session;
  #list;
  #scroll;
  #ask;
  #keep;
  /** By the message before, and the role. */
  #views = new Map();
  #messages = [];
  #mark = h("p", { class: "context-mark", role: "note" });

  /**
   * @param {ChatSession} session
   * @param {HTMLElement} scroller
   * @param {HTMLElement} list
   * @param {HTMLElement} jump brings back to the latest text
   * @param {(text: string) => void} ask what an example does
   * @param {(text: string) => void} keep takes words that were being typed where nothing is any more
   */
  constructor(session, scroller, list, jump, ask, keep) {
    this.#session = session;
    this.#list = list;
    this.#ask = ask;
    this.#keep = keep;
    this.#scroll = new StickyScroll(scroller, jump);
    session.addEventListener("opened", () => this.#open());
    session.addEventListener("changed", () => this.#change());
    session.addEventListener("progress", ({ detail }) => this.#viewOf(detail)?.progress());
    session.addEventListener("ended", ({ detail }) => this.#end(detail));
    session.addEventListener("context", () => this.#markLeftOut());
  }

  /** Says something of the cluster beneath the latest message; it is no part of the chat. */
  note(words) {
    if (this.#messages.length > 0) {
      this.#list.append(h("p", { class: "context-mark plan-note", role: "note" }, words));
    }
  }

  /** Lets the last question be asked in other words. */
  editLastQuestion() {
    const last = this.#messages.findLast(({ role }) => role === "user");
    if (last) {
      this.#viewOf(last).edit();
    }
  }

  #open() {
    this.#views.forEach((view) => this.#remove(view));
    this.#views.clear();
    this.#list.replaceChildren();
    this.#show();
    if (this.#messages.length > 0) {
      this.#scroll.toEnd();
    }
  }

  #change() {
    const before = this.#messages.at(-1);
    this.#show();
    const last = this.#messages.at(-1);
    if (last !== before) {
      this.#scroll.toEnd();
      if (last?.state === "streaming") {
        announce("Answering");
      }
    }
  }

  /** Shows the messages that are to be on screen, in their views. */
  #show() {
    this.#messages = this.#session.path;
    const views = new Map(this.#messages.map((message) => [placeOf(message), this.#viewOf(message) ?? this.#newView(message)]));
    this.#views.forEach((view, place) => views.has(place) || this.#remove(view));
    this.#views = views;
    this.#list.querySelector(".empty")?.remove();
    for (const message of this.#messages) {
      const view = this.#viewOf(message);
      view.show(message);
      if (message.role === "assistant") {
        view.isLast = message === this.#messages.at(-1);
      }
      if (!view.element.isConnected) {
        this.#list.append(view.element); // What differs from before is all behind what does not.
      }
    }
    if (this.#messages.length === 0) {
      this.#list.append(emptyState(this.#ask));
    }
    this.#markLeftOut();
  }

  #remove(view) {
    if (view.draft) {
      this.#keep(view.draft);
    }
    view.element.remove();
  }

  #viewOf(message) {
    return this.#views.get(placeOf(message));
  }

  #newView({ role }) {
    return role === "user" ? new QuestionView(this.#session) : new AnswerView(this.#session);
  }

  #end(message) {
    if (this.#messages.includes(message)) {
      this.#viewOf(message).show(message);
    }
    if (message.state === "complete") {
      const short = message.text.length <= MOST_READ_CHARACTERS;
      announce(short ? `Answer: ${message.text}` : `The answer is complete, ${plural(message.text.split(/\s+/).length, "word")}.`);
    } else if (message.state === "stopped") {
      announce("Stopped");
    } else {
      announce(`${failureTitle(message.text, message.error.code)}: ${message.error.message}`);
    }
  }

  #markLeftOut() {
    const { leftOut } = this.#session;
    this.#messages.forEach((message, index) => {
      this.#viewOf(message).isLeftOut = index < leftOut;
    });
    this.#mark.remove();
    if (leftOut > 0) {
      const size = this.#session.model?.contextTokens;
      const context = size ? `the model's context of ${count(size)} tokens` : "the model's context";
      this.#mark.textContent = `The conversation outgrew ${context}. What stands above is not sent any more.`;
      this.#viewOf(this.#messages[leftOut])?.element.before(this.#mark);
    }
  }
}

function placeOf({ parentId, role }) {
  return `${role} after ${parentId}`;
}
