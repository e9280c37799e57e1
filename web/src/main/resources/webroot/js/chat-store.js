import { openDB } from "../vendor/idb/index.js";
import { mergeInto } from "./chat-tree.js";

const DATABASE = "edgeshard";
const CHATS = "chats";
const BY_TIME = "byTime";
const OPEN_WITHIN_MS = 4000;

/** Opens what the browser keeps; null where it keeps nothing (some private windows do). */
export async function openStore() {
  const late = new Promise((resolve) => setTimeout(resolve, OPEN_WITHIN_MS, null));
  try {
    const store = new ChatStore();
    return await Promise.race([store.list().then(() => store), late]);
  } catch {
    return null;
  }
}

/** The chats in the browser's database, a record each. */
class ChatStore {
  #opened = null;

  /** A connection that the browser or a newer page closed is opened again. */
  async #database() {
    this.#opened ??= openDB(DATABASE, 1, {
      upgrade: (database) => database.createObjectStore(CHATS, { keyPath: "id" }).createIndex(BY_TIME, ["updatedMs", "title"]),
      blocking: async () => {
        const database = await this.#opened;
        this.#opened = null;
        database?.close();
      },
      terminated: () => {
        this.#opened = null;
      },
    });
    try {
      return await this.#opened;
    } catch (error) {
      this.#opened = null;
      throw error;
    }
  }

  /** What there is, newest first: id, title, updatedMs. Reads no chat for it. */
  async list() {
    const found = [];
    const index = (await this.#database()).transaction(CHATS).store.index(BY_TIME);
    for (let cursor = await index.openKeyCursor(null, "prev"); cursor; cursor = await cursor.continue()) {
      const [updatedMs, title] = cursor.key;
      found.push({ id: cursor.primaryKey, title, updatedMs });
    }
    return found;
  }

  /** @return the chat; undefined when there is none of that id */
  async get(id) {
    return (await this.#database()).get(CHATS, id);
  }

  async all() {
    return (await this.#database()).getAll(CHATS);
  }

  /**
   * Keeps a chat together with what other windows wrote to it.
   *
   * @return what is kept now
   */
  async merge(chat) {
    const writing = (await this.#database()).transaction(CHATS, "readwrite");
    const kept = await writing.store.get(chat.id);
    if (kept) {
      mergeInto(kept, chat);
    }
    await Promise.all([writing.store.put(kept ?? chat), writing.done]);
    return kept ?? chat;
  }

  async remove(id) {
    await (await this.#database()).delete(CHATS, id);
  }
}

/** The same for as long as the page is open. */
export class PassingStore {
  #chats = new Map();

  async list() {
    const all = [...this.#chats.values()];
    return all.map(({ id, title, updatedMs }) => ({ id, title, updatedMs })).sort((a, b) => b.updatedMs - a.updatedMs);
  }

  async get(id) {
    return structuredClone(this.#chats.get(id));
  }

  async all() {
    return structuredClone([...this.#chats.values()]);
  }

  async merge(chat) {
    const kept = this.#chats.get(chat.id) ?? { ...chat, messages: [] };
    mergeInto(kept, structuredClone(chat));
    this.#chats.set(chat.id, kept);
    return kept;
  }

  async remove(id) {
    this.#chats.delete(id);
  }
}
