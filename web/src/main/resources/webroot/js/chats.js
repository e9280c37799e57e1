import { asTree, mergeInto } from "./chat-tree.js";
import { PassingStore, openStore } from "./chat-store.js";
import { forget, keysWithPrefix, readJson, writeText } from "./storage.js";

/** Where earlier releases kept chats, and where a page that is being closed leaves what is not in the database. */
const PREFIX = "edgeshard.chat.";
const CHANNEL = "edgeshard.chats";

/**
 * The chats kept in this browser, merged between its windows. Nothing is deleted that was not asked
 * for; what the browser has no room for is held in the page, and in its small storage when it closes.
 *
 * Fires `change` (the list did), `kept` (another window wrote to the chat of that id), `removed` and
 * `unkept` (there was no room for it).
 */
export class Chats extends EventTarget {
  #store;
  #list = [];
  /** By id, those whose latest words are not in the database yet. */
  #held = new Map();
  /** Ids of those of which it was said that there is no room. */
  #told = new Set();
  /** One write after the other: a chat that is deleted must not be brought back by a save before. */
  #writing = Promise.resolve();
  #channel = new BroadcastChannel(CHANNEL);
  /** Whether chats outlive the page. */
  lasting;

  constructor(store) {
    super();
    this.lasting = store !== null;
    this.#store = store ?? new PassingStore();
    this.#channel.addEventListener("message", ({ data }) => this.#heard(data));
  }

  /** @param {string} systemPrompt what earlier releases sent with every chat */
  static async open(systemPrompt) {
    const chats = new Chats(await openStore());
    await chats.#takeOver(systemPrompt);
    await chats.#readList();
    return chats;
  }

  /** What there is, newest first: id, title, updatedMs. */
  list() {
    const all = new Map([...this.#list, ...this.#held.values()].map(({ id, title, updatedMs }) => [id, { id, title, updatedMs }]));
    return [...all.values()].sort((a, b) => b.updatedMs - a.updatedMs);
  }

  /** @return the chat; undefined when there is none of that id */
  async get(id) {
    return this.#held.get(id) ?? (await this.#store.get(id).catch(() => undefined));
  }

  async all() {
    const all = new Map((await this.#store.all()).map((chat) => [chat.id, chat]));
    for (const [id, chat] of this.#held) {
      const kept = all.get(id);
      if (kept) {
        mergeInto(kept, chat);
      } else {
        all.set(id, chat);
      }
    }
    return [...all.values()];
  }

  /** The ids of the chats in which these words stand. */
  async search(words) {
    const sought = words.toLocaleLowerCase();
    const found = (await this.all()).filter(({ title, messages }) => [title, ...messages.map(({ text }) => text)].some((text) => text.toLocaleLowerCase().includes(sought)));
    return new Set(found.map(({ id }) => id));
  }

  /** @return what is kept now of this chat; null when the browser has no room for it */
  save(chat) {
    this.#held.set(chat.id, chat);
    return this.#next(async () => {
      if (!this.#held.has(chat.id)) {
        return null; // It was deleted meanwhile.
      }
      const kept = await this.#merged(chat);
      this.#fire("change");
      if (kept === null && !this.#told.has(chat.id)) {
        this.#told.add(chat.id);
        this.#fire("unkept", chat.id);
      }
      return kept;
    });
  }

  /** The page is being closed: what is not in the database yet, and these chats, are left to the next one. */
  leave(chats) {
    chats.forEach((chat) => this.#held.set(chat.id, chat));
    this.#held.forEach(leaveBehind);
  }

  remove(id) {
    this.#drop(id);
    return this.#next(async () => {
      await this.#store.remove(id).catch(() => {});
      this.#channel.postMessage({ removed: id });
      await this.#readList();
    });
  }

  #next(write) {
    const written = this.#writing.then(write);
    this.#writing = written.catch(() => {});
    return written;
  }

  /** Writes a chat, together with what a page that was closed left of it. */
  async #merged(chat) {
    const { id } = chat;
    const state = JSON.stringify(chat);
    try {
      const left = readJson(PREFIX + id);
      if (left && "titledMs" in left) {
        await this.#store.merge(left);
      }
      const kept = await this.#store.merge(chat);
      if (this.lasting) {
        forget(PREFIX + id);
        // Words that came while it was written are still to be saved.
        if (state === JSON.stringify(chat)) {
          this.#held.delete(id);
        }
      }
      this.#told.delete(id);
      this.#channel.postMessage({ kept: id });
      this.#list = [kept, ...this.#list.filter((other) => other.id !== id)].map(({ id, title, updatedMs }) => ({ id, title, updatedMs }));
      return kept;
    } catch {
      return null;
    }
  }

  async #takeOver(systemPrompt) {
    for (const key of keysWithPrefix(PREFIX)) {
      const left = readJson(key);
      if (left?.id && Array.isArray(left.messages)) {
        const chat = "titledMs" in left ? left : asTree(left, systemPrompt);
        writeText(key, JSON.stringify(chat));
        if ((await this.#merged(chat)) === null) {
          const kept = await this.#store.get(chat.id).catch(() => undefined);
          if (kept) {
            mergeInto(chat, kept);
          }
          this.#held.set(chat.id, chat);
        }
      }
    }
  }

  async #heard({ kept, removed }) {
    if (removed) {
      this.#drop(removed);
    }
    await this.#readList();
    this.#fire(kept ? "kept" : "removed", kept ?? removed);
  }

  #drop(id) {
    this.#held.delete(id);
    this.#told.delete(id);
    forget(PREFIX + id);
  }

  async #readList() {
    try {
      this.#list = await this.#store.list();
    } catch {
      // What was known stays listed.
    }
    this.#fire("change");
  }

  #fire(name, id) {
    this.dispatchEvent(new CustomEvent(name, { detail: id }));
  }
}

/** Another window may have left words of the same chat. */
function leaveBehind(chat) {
  const left = readJson(PREFIX + chat.id) ?? { ...chat, messages: [] };
  mergeInto(left, chat);
  writeText(PREFIX + chat.id, JSON.stringify(left));
}
