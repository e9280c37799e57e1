import { emptyAnswer, hearAnswer } from "./answer.js";
import { TokenEstimate, nextTurn, roomForAnswer, startThatFits } from "./context-window.js";
import { messagesToSend, titleOf } from "./conversation.js";

const SAVE_EVERY_MS = 1000;
const TOO_LONG = "context_length_exceeded";

/**
 * The chat on screen and the answers that are being made, at most one for each chat.
 *
 * Fires `opened` (another chat is on screen), `added` and `removed` (a message of it), `progress`
 * (text came), `ended` (an answer did), `context` (what is sent of it changed) and `running`.
 */
export class ChatSession extends EventTarget {
  #chats;
  #settings;
  #estimate = new TokenEstimate();
  #runs = new Map();
  #leaving = false;
  /** The model asked: id and contextTokens (null when unknown); null until the server named it. */
  model = null;
  chat;

  constructor(chats, settings) {
    super();
    this.#chats = chats;
    this.#settings = settings;
    this.chat = chats.create(Date.now());
    addEventListener("pagehide", () => this.#leave());
    addEventListener("pageshow", () => {
      this.#leaving = false;
    });
  }

  /** Whether an answer is being made in a chat, without an id the one on screen. */
  isAnswering(id = this.chat.id) {
    return this.#runs.has(id);
  }

  /** Shows a kept chat, or a new one when there is none of that id. */
  open(id) {
    this.chat = this.#runs.get(id)?.chat ?? this.#restored(id) ?? this.#chats.create(Date.now());
    this.#fire("opened");
  }

  create() {
    this.open(null);
  }

  /** Stops what is being made in a chat and forgets it. */
  remove(id) {
    const run = this.#runs.get(id);
    if (run) {
      this.#runs.delete(id);
      run.controller.abort();
    }
    this.#chats.remove(id);
    if (this.chat.id === id) {
      this.create();
    }
  }

  ask(text) {
    if (this.isAnswering()) {
      return;
    }
    const chat = this.chat;
    chat.title ||= titleOf(text);
    this.#add(chat, { role: "user", text });
    this.#answer(chat);
  }

  /** Makes the last answer anew, or the one that is missing. */
  regenerate() {
    const chat = this.chat;
    if (this.isAnswering()) {
      return;
    }
    if (chat.messages.at(-1)?.role === "assistant") {
      this.#fire("removed", chat.messages.pop());
    }
    this.#answer(chat);
  }

  stop() {
    this.#runs.get(this.chat.id)?.controller.abort();
  }

  /** Tokens that would be sent now with this draft, roughly. */
  estimatedTokens(draft) {
    const messages = [...this.chat.messages, { role: "user", text: draft }];
    return this.#tokensFrom(messages, this.chat.leftOut);
  }

  async #answer(chat) {
    const answer = emptyAnswer();
    const run = { chat, controller: new AbortController() };
    this.#runs.set(chat.id, run);
    this.#add(chat, answer);
    this.#fire("running");
    try {
      await this.#hearWhatFits(chat, answer, run.controller.signal);
    } catch (error) {
      answer.state = run.controller.signal.aborted ? "stopped" : "failed";
      answer.error = answer.state === "failed" ? { code: error.code, message: error.message } : undefined;
    }
    if (this.#runs.get(chat.id) === run) {
      this.#runs.delete(chat.id);
      this.#save(chat);
      this.#fireIn(chat, "ended", answer);
    }
    this.#fire("running");
  }

  async #hearWhatFits(chat, answer, signal) {
    for (;;) {
      this.#leaveOutWhatDoesNotFit(chat);
      const messages = messagesToSend(chat.messages, chat.leftOut, this.#settings.systemPrompt);
      const request = { model: this.model?.id ?? "default", messages, ...this.#settings.sampling };
      try {
        await hearAnswer(request, answer, signal, () => this.#progress(chat, answer));
        this.#estimate.learn(messages, answer.stats.usage?.prompt_tokens ?? 0);
        return;
      } catch (error) {
        if (error.code !== TOO_LONG || answer.text !== "" || !this.#leaveOutMore(chat)) {
          throw error;
        }
      }
    }
  }

  #leaveOutWhatDoesNotFit(chat) {
    const contextTokens = this.model?.contextTokens;
    if (contextTokens) {
      const limit = contextTokens - roomForAnswer(contextTokens, this.#settings.sampling.max_tokens);
      const start = startThatFits(chat.messages, chat.leftOut, (from) => this.#tokensFrom(chat.messages, from), limit);
      this.#leaveOut(chat, start);
    }
  }

  /** After the server found it too long: a quarter of the turns that are still sent, at least one. */
  #leaveOutMore(chat) {
    const starts = [];
    for (let at = nextTurn(chat.messages, chat.leftOut); at !== null; at = nextTurn(chat.messages, at)) {
      starts.push(at);
    }
    if (starts.length === 0) {
      return false;
    }
    this.#leaveOut(chat, starts[Math.ceil(starts.length / 4) - 1]);
    return true;
  }

  #leaveOut(chat, start) {
    if (start !== chat.leftOut) {
      chat.leftOut = start;
      this.#fireIn(chat, "context");
    }
  }

  #tokensFrom(messages, start) {
    return this.#estimate.of(messagesToSend(messages, start, this.#settings.systemPrompt));
  }

  #add(chat, message) {
    chat.messages.push(message);
    this.#save(chat);
    this.#fireIn(chat, "added", message);
  }

  #progress(chat, answer) {
    this.#fireIn(chat, "progress", answer);
    if (Date.now() - chat.updatedMs >= SAVE_EVERY_MS) {
      this.#save(chat);
    }
  }

  /** What is being made is kept as it is; that it then breaks off is no news. */
  #leave() {
    this.#runs.forEach(({ chat }) => this.#save(chat));
    this.#leaving = true;
  }

  #save(chat) {
    if (this.#leaving) {
      return;
    }
    chat.updatedMs = Date.now();
    if (!this.#chats.save(chat)) {
      this.#fire("unkept");
    }
  }

  #restored(id) {
    const chat = id ? this.#chats.get(id) : null;
    chat?.messages
      .filter((message) => message.state === "streaming")
      .forEach((message) => {
        message.state = "failed";
        message.error = { code: "page_left", message: "The page was closed while this answer was being made." };
      });
    return chat;
  }

  #fireIn(chat, name, message) {
    if (chat === this.chat) {
      this.#fire(name, message);
    }
  }

  #fire(name, message) {
    this.dispatchEvent(new CustomEvent(name, { detail: message }));
  }
}
