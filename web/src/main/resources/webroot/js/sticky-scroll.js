const NEAR_END_PX = 60;

/** Keeps the end of a growing text in view, until the reader scrolls away from it. */
export class StickyScroll {
  #scroller;
  #jump;
  #sticks = false;

  constructor(scroller, jump) {
    this.#scroller = scroller;
    this.#jump = jump;
    scroller.addEventListener("scroll", () => this.#look(), { passive: true });
    jump.addEventListener("click", () => this.toEnd());
    const sizes = new ResizeObserver(() => this.#follow());
    sizes.observe(scroller.firstElementChild);
    sizes.observe(scroller);
  }

  toEnd() {
    this.#sticks = true;
    this.#follow();
  }

  focus() {
    this.#scroller.focus({ preventScroll: true });
  }

  #follow() {
    if (this.#sticks) {
      this.#scroller.scrollTop = this.#scroller.scrollHeight;
    }
    this.#look();
  }

  #look() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    if (clientHeight === 0) {
      return; // Not on screen: whoever read it finds it as it was left.
    }
    this.#sticks = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
    this.#jump.hidden = this.#sticks;
  }
}
