import { emptyAnswer, hearAnswer } from "./answer.js";
import { titleOf } from "./conversation.js";
import { SentPart } from "./sent-part.js";

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
  #sent;
  #runs = new Map();
  #leaving = false;
  chat;

  constructor(chats, settings) {
    super();
    this.#chats = chats;
    this.#settings = settings;
    this.#sent = new SentPart(settings);
    this.chat = chats.create(Date.now());
    addEventListener("pagehide", () => this.#leave());
    addEventListener("pageshow", () => {
      this.#leaving = false;
    });
  }

  /** The model asked: id and contextTokens (null when unknown); null until the server named it. */
  get model() {
    return this.#sent.model;
  }

  set model(model) {
    this.#sent.model = model;
    this.#fire("context");
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
    return this.#sent.tokensWith(this.chat, draft);
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
    this.#leaveOut(chat, this.#sent.leftOutToFit(chat));
    for (;;) {
      const messages = this.#sent.messagesOf(chat);
      const request = { model: this.model?.id ?? "default", messages, ...this.#settings.sampling };
      try {
        await hearAnswer(request, answer, signal, () => this.#progress(chat, answer));
        this.#sent.learn(messages, answer.stats.usage?.prompt_tokens ?? 0);
        return;
      } catch (error) {
        const leftOut = error.code === TOO_LONG && answer.text === "" ? this.#sent.leftOutAfterRefusal(chat) : null;
        if (leftOut === null) {
          throw error;
        }
        this.#leaveOut(chat, leftOut);
      }
    }
  }

  #leaveOut(chat, leftOut) {
    if (leftOut !== chat.leftOut) {
      chat.leftOut = leftOut;
      this.#fireIn(chat, "context");
    }
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
