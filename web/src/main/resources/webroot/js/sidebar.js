import { byId, h, iconButton } from "./dom.js";
import { when } from "./format.js";
import { isPlainEnter } from "./keys.js";
import { redraw } from "./redraw.js";
import { toast } from "./toast.js";

const UNDO_MS = 8000;

/** The list of kept chats; on a narrow screen a drawer. */
export class Sidebar {
  #session;
  #chats;
  #panel = byId("chats");
  #opener = byId("open-chats");
  #scrim = byId("scrim");
  #narrow = matchMedia("(max-width: 860px)");
  /** The ids of the chats that are sought; null shows all. */
  #found = null;
  #renaming = null;
  /** What was deleted while it can still be undone. */
  #removed = [];

  constructor(session, chats, afterChoice) {
    this.#session = session;
    this.#chats = chats;
    const choose = (action) => {
      action();
      this.close();
      afterChoice();
    };
    this.choose = choose;
    byId("new-chat").addEventListener("click", () => choose(() => session.create()));
    this.#opener.addEventListener("click", () => this.#setOpen(true));
    byId("close-chats").addEventListener("click", () => this.close());
    this.#scrim.addEventListener("click", () => this.close());
    this.#narrow.addEventListener("change", () => this.#setOpen(false));
    byId("search-chats").addEventListener("input", () => this.#search());
    byId("sidebar-note").textContent = chats.lasting ? "Chats stay in this browser." : "This browser keeps nothing: chats are gone when the page closes.";
    chats.addEventListener("change", () => this.#search());
    session.addEventListener("opened", () => this.#show());
    session.addEventListener("running", () => this.#show());
    this.#setOpen(false);
    this.#show();
  }

  get isOpen() {
    return !this.#scrim.hidden;
  }

  close() {
    if (this.isOpen) {
      this.#setOpen(false);
      this.#opener.focus();
    }
  }

  #setOpen(open) {
    this.#panel.classList.toggle("open", open);
    this.#panel.inert = this.#narrow.matches && !open;
    for (const behind of document.querySelectorAll(".topbar, .workspace")) {
      behind.inert = open;
    }
    this.#scrim.hidden = !open;
    this.#opener.setAttribute("aria-expanded", String(open));
    if (open) {
      byId("new-chat").focus();
    }
  }

  #show() {
    if (this.#renaming) {
      return; // Not under the fingers of who types there.
    }
    const now = Date.now();
    const shown = this.#chats.list().filter(({ id }) => this.#found === null || this.#found.has(id));
    redraw(byId("chat-list"), ...shown.map((chat) => this.#row(chat, now)));
    byId("no-chats").hidden = shown.length > 0 || this.#found === null;
  }

  #row(chat, now) {
    const { id, title, updatedMs } = chat;
    const open = () => this.choose(() => this.#session.open(id));
    const current = id === this.#session.chat.id;
    const words = this.#session.isAnswering(id) ? "answering …" : when(updatedMs, now);
    const row = h("li", { class: "chat-row" });
    row.append(
      h(
        "button",
        { type: "button", class: "chat-link", "data-key": `open ${id}`, "aria-current": current ? "page" : null, click: open },
        h("span", { class: "chat-title" }, title),
        h("span", { class: "chat-when" }, words),
      ),
      h(
        "div",
        { class: "chat-actions" },
        iconButton("pen", `Rename “${title}”`, () => this.#rename(row, chat), { "data-key": `rename ${id}` }),
        iconButton("trash", `Delete “${title}”`, () => this.#remove(id), { "data-key": `delete ${id}` }),
      ),
    );
    return row;
  }

  #rename(row, { id, title }) {
    const field = h("input", { class: "chat-rename", value: title, maxlength: "200", "aria-label": `New name of “${title}”` });
    const end = (name, key) => {
      if (this.#renaming === field) {
        this.#renaming = null;
        if (name && name !== title) {
          this.#session.rename(id, name);
        }
        this.#show();
        if (key) {
          byId("chat-list").querySelector(`[data-key="rename ${id}"]`)?.focus();
        }
      }
    };
    field.addEventListener("keydown", (event) => {
      if (isPlainEnter(event)) {
        event.preventDefault(); // It would press the button that gets the focus.
        end(field.value.trim(), true);
      } else if (event.key === "Escape") {
        event.stopPropagation();
        end("", true);
      }
    });
    field.addEventListener("blur", () => end(field.value.trim()));
    this.#renaming = field;
    row.replaceChildren(field);
    field.focus();
    field.select();
  }

  async #search() {
    const words = byId("search-chats").value.trim();
    const found = words === "" ? null : await this.#chats.search(words);
    if (words === byId("search-chats").value.trim()) {
      this.#found = found;
      this.#show();
    }
  }

  async #remove(id) {
    byId("new-chat").focus();
    const now = Date.now();
    const chat = await this.#session.remove(id);
    this.#removed = [...this.#removed.filter(({ at }) => now - at < UNDO_MS), { chat, at: now }];
    toast(this.#removed.length === 1 ? "Chat deleted." : `${this.#removed.length} chats deleted.`, "Undo", async () => {
      const back = this.#removed.splice(0);
      await Promise.all(back.map((one) => this.#chats.save(one.chat)));
      this.choose(() => this.#session.open(id));
    });
  }
}
