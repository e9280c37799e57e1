import { byId, h, iconButton } from "./dom.js";
import { when } from "./format.js";
import { toast } from "./toast.js";

/** The list of kept chats; on a narrow screen a drawer. */
export class Sidebar {
  #session;
  #chats;
  #panel = byId("chats");
  #opener = byId("open-chats");
  #scrim = byId("scrim");
  #narrow = matchMedia("(max-width: 860px)");

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
    chats.addEventListener("change", () => this.#show());
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
    const now = Date.now();
    byId("chat-list").replaceChildren(...this.#chats.list().map((chat) => this.#row(chat, now)));
  }

  #row({ id, title, updatedMs }, now) {
    const open = () => this.choose(() => this.#session.open(id));
    const current = id === this.#session.chat.id;
    const words = this.#session.isAnswering(id) ? "answering …" : when(updatedMs, now);
    return h(
      "li",
      { class: "chat-row" },
      h(
        "button",
        { type: "button", class: "chat-link", "aria-current": current ? "page" : null, click: open },
        h("span", { class: "chat-title" }, title),
        h("span", { class: "chat-when" }, words),
      ),
      iconButton("trash", `Delete “${title}”`, () => this.#remove(id)),
    );
  }

  #remove(id) {
    const kept = this.#chats.get(id);
    this.#session.remove(id);
    byId("new-chat").focus();
    toast("Chat deleted.", "Undo", () => {
      this.#chats.save(kept);
      this.choose(() => this.#session.open(id));
    });
  }
}
