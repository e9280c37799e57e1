const AGAIN_AFTER_MS = 2000;

/** The server tells the state at least every five seconds, even when it is the same. */
const SILENT_AFTER_MS = 12_000;

/**
 * The state of the cluster as the server tells it, and whether it tells it at all. Does not listen
 * while nobody looks: a browser has only six connections to a server for all its windows.
 * Fires `change` whenever `status` or `connected` changed.
 */
export class ClusterFeed extends EventTarget {
  /** As `GET /cluster` describes it; null until it was heard first. */
  status = null;
  connected = false;
  #source = null;
  #silence = 0;

  start() {
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#source?.close() : this.#listen()));
    this.#listen();
  }

  #listen() {
    this.#source?.close();
    this.#source = new EventSource("/cluster/events");
    this.#source.addEventListener("message", (event) => this.#heard(JSON.parse(event.data)));
    this.#source.addEventListener("error", () => this.#lost());
  }

  #heard(status) {
    this.status = status;
    this.connected = true;
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => document.hidden || this.#silent(), SILENT_AFTER_MS);
    this.#changed();
  }

  /** A machine that was switched off closes no connection. */
  #silent() {
    this.connected = false;
    this.#changed();
    this.#listen();
  }

  #lost() {
    this.connected = false;
    this.#changed();
    // The browser tries again by itself after a broken connection, but not after a refusal.
    if (this.#source.readyState === EventSource.CLOSED) {
      setTimeout(() => document.hidden || this.#listen(), AGAIN_AFTER_MS);
    }
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}
