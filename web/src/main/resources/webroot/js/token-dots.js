const PASSING_MS = 1100;
/** More than this many at once would be a blur. */
const MOST_AT_ONCE = 60;

/**
 * Dots that run along the strip, one for each token that passed, so that their density shows the
 * speed. Nothing moves unless a token did. Readers who want less motion see the line light up instead.
 */
export class TokenDots {
  #wire;
  #passing = 0;
  #passed = 0;
  #still = matchMedia("(prefers-reduced-motion: reduce)");

  constructor(wire) {
    this.#wire = wire;
    wire.dataset.passed = "0";
  }

  pass() {
    this.#passed += 1;
    this.#wire.dataset.passed = String(this.#passed);
    if (this.#passing < MOST_AT_ONCE && !document.hidden) {
      this.#run();
    }
  }

  async #run() {
    const dot = document.createElement("i");
    dot.className = this.#still.matches ? "glow" : "token";
    this.#wire.append(dot);
    this.#count(1);
    const frames = this.#still.matches ? [{ opacity: 1 }, { opacity: 1 }] : along(this.#wire.clientWidth);
    await dot.animate(frames, { duration: PASSING_MS }).finished.catch(() => {});
    dot.remove();
    this.#count(-1);
  }

  #count(change) {
    this.#passing += change;
    this.#wire.dataset.moving = String(this.#passing > 0);
  }
}

function along(widthPx) {
  const at = (share, opacity) => ({ transform: `translateX(${share * widthPx}px)`, opacity, offset: share });
  return [at(0, 0), at(0.04, 1), at(0.96, 1), at(1, 0)];
}
