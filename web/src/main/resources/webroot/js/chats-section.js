import { asJson, asMarkdown, chatsIn } from "./chat-files.js";
import { h } from "./dom.js";
import { plural } from "./format.js";

const MOST_BYTES = 256 * 1024 * 1024;

/** What can be done with the chats as a whole: taken out, brought in, deleted. */
export class ChatsSection {
  #chats;
  #session;
  #said = h("p", { class: "hint", role: "status" });
  #pick;
  #markdown;
  #json;
  #deleteAll;
  element;

  constructor(chats, session) {
    this.#chats = chats;
    this.#session = session;
    this.#pick = h("input", { type: "file", accept: ".json,.md", multiple: true, hidden: true, "aria-label": "Files of chats", change: () => this.#import() });
    this.#markdown = h("button", { type: "button", class: "button", click: () => this.#exportShown() }, "This chat as Markdown");
    this.#json = h("button", { type: "button", class: "button", click: () => this.exportAll() }, "All chats as JSON");
    this.#deleteAll = h("button", { type: "button", class: "button danger", click: () => this.#delete() });
    const bring = h("button", { type: "button", class: "button", click: () => this.#pick.click() }, "Import …");
    this.element = h("fieldset", { class: "chats-section" }, h("legend", {}, "Chats"), h("p", { class: "hint" }, "They are kept in this browser and nowhere else."), h("div", { class: "settings-actions" }, this.#json, this.#markdown, bring, this.#pick, this.#deleteAll), this.#said);
  }

  show() {
    const none = this.#chats.list().length === 0;
    this.#markdown.disabled = this.#session.path.length === 0;
    this.#json.disabled = none;
    this.#deleteAll.disabled = none;
    this.#deleteAll.dataset.sure = "false";
    this.#deleteAll.textContent = "Delete all chats";
    this.#said.textContent = "";
  }

  /** Gives the browser a file of every chat, those too that it had no room to keep. */
  async exportAll() {
    save(`edgeshard-chats-${new Date().toISOString().slice(0, 10)}.json`, "application/json", asJson(await this.#chats.all()));
  }

  #exportShown() {
    const { chat } = this.#session;
    save(`${chat.title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "") || "chat"}.md`, "text/markdown", asMarkdown(chat));
  }

  async #import() {
    const files = [...this.#pick.files];
    this.#pick.value = "";
    try {
      let kept = 0;
      for (const file of files) {
        if (file.size > MOST_BYTES) {
          throw new Error(`Expected a file of at most 256 MB, found ${file.name} larger: export fewer chats at once.`);
        }
        for (const chat of chatsIn(file.name, await file.text(), Date.now())) {
          if (!(await this.#chats.save(chat))) {
            throw new Error(`This browser has no room for all of ${file.name}: ${plural(kept, "chat")} of it came in.`);
          }
          kept += 1;
          if (chat.id === this.#session.chat.id && !this.#session.isAnswering()) {
            await this.#session.open(chat.id);
          }
        }
      }
      this.show();
      this.#said.textContent = `${plural(kept, "chat")} came in.`;
    } catch (error) {
      this.#said.textContent = error.message;
    }
  }

  async #delete() {
    if (this.#deleteAll.dataset.sure !== "true") {
      this.#deleteAll.dataset.sure = "true";
      this.#deleteAll.textContent = `Really delete ${plural(this.#chats.list().length, "chat")}?`;
      return;
    }
    for (const { id } of this.#chats.list()) {
      await this.#session.remove(id);
    }
    this.#session.create();
    this.show();
  }
}

function save(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = h("a", { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
