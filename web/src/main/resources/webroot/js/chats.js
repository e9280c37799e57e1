import { forget, keysWithPrefix, readJson, writeText } from "./storage.js";

const PREFIX = "edgeshard.chat.";
const MOST_CHATS = 100;
/** Of one chat; browsers keep some five million for the whole page. */
const MOST_CHARACTERS = 2_000_000;

/**
 * The chats kept in this browser, each under its own key, so that two open windows do not overwrite
 * each other's. At most 100; when there is no more room, the oldest go.
 */
export class Chats extends EventTarget {
  #titles = new Map();

  constructor() {
    super();
    this.#readAll();
    addEventListener("storage", (event) => {
      if (event.key === null || event.key.startsWith(PREFIX)) {
        this.#readAll();
        this.#changed();
      }
    });
  }

  /** A chat that is kept once it is saved. */
  create(nowMs) {
    return { id: newId(), title: "", updatedMs: nowMs, leftOut: 0, messages: [] };
  }

  /** What there is, newest first: id, title, updatedMs. */
  list() {
    return [...this.#titles.values()].sort((a, b) => b.updatedMs - a.updatedMs);
  }

  /** @return the chat, or null when there is none of that id */
  get(id) {
    const chat = readJson(PREFIX + id);
    return chat && Array.isArray(chat.messages) ? chat : null;
  }

  /** @return {boolean} whether it is kept */
  save(chat) {
    const text = JSON.stringify(chat);
    if (text.length > MOST_CHARACTERS) {
      return false;
    }
    const others = this.list().filter((other) => other.id !== chat.id);
    while (others.length >= MOST_CHATS) {
      this.#drop(others.pop().id);
    }
    while (!writeText(PREFIX + chat.id, text)) {
      if (others.length === 0) {
        return false;
      }
      this.#drop(others.pop().id);
    }
    this.#titles.set(chat.id, { id: chat.id, title: chat.title, updatedMs: chat.updatedMs });
    this.#changed();
    return true;
  }

  remove(id) {
    this.#drop(id);
    this.#changed();
  }

  removeAll() {
    this.list().forEach(({ id }) => this.#drop(id));
    this.#changed();
  }

  #readAll() {
    this.#titles.clear();
    for (const key of keysWithPrefix(PREFIX)) {
      const chat = readJson(key);
      if (chat?.id && Array.isArray(chat.messages)) {
        this.#titles.set(chat.id, { id: chat.id, title: chat.title, updatedMs: chat.updatedMs });
      }
    }
  }

  #drop(id) {
    this.#titles.delete(id);
    forget(PREFIX + id);
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}

/** Not crypto.randomUUID, which a page that came over plain HTTP from another machine lacks. */
function newId() {
  const random = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
