import { asTree } from "./chat-tree.js";
import { PassingStore, openStore } from "./chat-store.js";
import { forget, keysWithPrefix, readJson, writeText } from "./storage.js";

/** Where earlier releases kept chats, and where a page that is being closed leaves its latest words. */
const PREFIX = "edgeshard.chat.";
const CHANNEL = "edgeshard.chats";

/**
 * The chats kept in this browser, merged between its windows. Nothing is deleted that was not asked
 * for; what the browser has no room for stays in the page.
 *
 * Fires `change` (the list did), `kept` (another window wrote to the chat of that id) and `removed`.
 */
export class Chats extends EventTarget {
  #store;
  #list = [];
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
    return this.#list;
  }

  /** @return the chat; undefined when there is none of that id */
  get(id) {
    return this.#store.get(id);
  }

  all() {
    return this.#store.all();
  }

  /** The ids of the chats in which these words stand. */
  async search(words) {
    const sought = words.toLocaleLowerCase();
    const found = (await this.all()).filter(({ title, messages }) => [title, ...messages.map(({ text }) => text)].some((text) => text.toLocaleLowerCase().includes(sought)));
    return new Set(found.map(({ id }) => id));
  }

  /** @return what is kept now of this chat; null when the browser has no room for it */
  async save(chat) {
    let kept;
    try {
      kept = await this.#store.merge(chat);
    } catch {
      return null;
    }
    forget(PREFIX + chat.id);
    this.#channel.postMessage({ kept: chat.id });
    const { id, title, updatedMs } = kept;
    this.#list = [{ id, title, updatedMs }, ...this.#list.filter((other) => other.id !== id)].sort((a, b) => b.updatedMs - a.updatedMs);
    this.#fire("change");
    return kept;
  }

  /** Keeps a chat where that takes no time, as the page is being closed; the next one takes it over. */
  saveAtOnce(chat) {
    if (this.lasting) {
      writeText(PREFIX + chat.id, JSON.stringify(chat));
    }
  }

  async remove(id) {
    forget(PREFIX + id);
    await this.#store.remove(id);
    this.#channel.postMessage({ removed: id });
    await this.#readList();
  }

  async #takeOver(systemPrompt) {
    if (!this.lasting) {
      return;
    }
    for (const key of keysWithPrefix(PREFIX)) {
      const chat = readJson(key);
      if (chat?.id && Array.isArray(chat.messages)) {
        try {
          await this.#store.merge("titledMs" in chat ? chat : asTree(chat, systemPrompt));
          forget(key);
        } catch {
          return; // No room: it stays where it is.
        }
      }
    }
  }

  async #heard({ kept, removed }) {
    await this.#readList();
    if (kept) {
      this.#fire("kept", kept);
    } else if (removed) {
      this.#fire("removed", removed);
    }
  }

  async #readList() {
    this.#list = await this.#store.list();
    this.#fire("change");
  }

  #fire(name, id) {
    this.dispatchEvent(new CustomEvent(name, { detail: id }));
  }
}
