/** A long silence is not made up for. */
const MOST_AT_ONCE = 40;
const LONGEST_SPREAD_MS = 1000;

/**
 * Joins two ways of hearing that tokens pass: this page's own answers, at once, and the cluster's
 * count of steps, a little later and for everybody's answers. Each token is shown once.
 */
export class TokenFlow {
  #show;
  #steps = null;
  #heardAtMs = 0;
  /** Tokens shown that the count of steps does not contain yet. */
  #ahead = 0;

  /** @param {() => void} show makes one token be seen */
  constructor(show) {
    this.#show = show;
  }

  ownToken() {
    this.#ahead += 1;
    this.#show();
  }

  stepsCounted(steps, nowMs) {
    const passed = this.#steps === null ? 0 : Math.max(0, steps - this.#steps);
    const fresh = Math.min(MOST_AT_ONCE, Math.max(0, passed - this.#ahead));
    const spreadMs = Math.min(LONGEST_SPREAD_MS, nowMs - this.#heardAtMs);
    for (let i = 0; i < fresh; i++) {
      setTimeout(this.#show, (spreadMs * i) / fresh);
    }
    this.#ahead = Math.max(0, this.#ahead - passed);
    this.#steps = steps;
    this.#heardAtMs = nowMs;
  }
}
