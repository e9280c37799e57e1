import { byId } from "./dom.js";

const CLUSTER = "#cluster";

/**
 * Which of the two views is on screen: the chat, or the cluster at the address `#cluster`.
 * Fires `change`.
 */
export class Views extends EventTarget {
  current = location.hash === CLUSTER ? "cluster" : "chat";
  #parts = {
    chat: [byId("transcript"), document.querySelector(".composer-area")],
    cluster: [byId("cluster-view")],
  };

  constructor() {
    super();
    byId("view-chat").addEventListener("click", (event) => {
      event.preventDefault();
      this.show("chat");
    });
    this.#apply();
  }

  get isChat() {
    return this.current === "chat";
  }

  /** The address has changed. @return {boolean} whether it is that of the cluster */
  addressChanged() {
    const cluster = location.hash === CLUSTER;
    this.#become(cluster ? "cluster" : "chat");
    return cluster;
  }

  /** Goes there as if its address had been opened. */
  show(name) {
    if (name !== this.current) {
      history.pushState(null, "", name === "cluster" ? CLUSTER : location.pathname);
      this.#become(name);
    }
  }

  #become(name) {
    if (name !== this.current) {
      this.current = name;
      this.#apply();
      this.dispatchEvent(new Event("change"));
    }
  }

  #apply() {
    for (const [name, parts] of Object.entries(this.#parts)) {
      const shown = name === this.current;
      parts.forEach((part) => {
        part.hidden = !shown;
      });
      const link = byId(`view-${name}`);
      if (shown) {
        link.setAttribute("aria-current", "page");
      } else {
        link.removeAttribute("aria-current");
      }
    }
    document.querySelector(".skip-link").textContent = this.isChat ? "Skip to your question" : "Skip to the cluster";
  }
}
