import { h, icon } from "../dom.js";
import { measureAgain, planAgain } from "./plan-api.js";

const WORDS = {
  begun: { measure: "Nodes and links are being measured; a new plan follows.", plan: "A new plan is being made." },
  waiting: { measure: "Nodes and links are measured as soon as nothing runs.", plan: "A new plan is made as soon as nothing runs." },
};

/** Buttons that measure and plan again, and what came of it. */
export class PlanOrders {
  #state = h("p", { class: "order-state", role: "status" });

  constructor() {
    const measure = this.#button("Measure again", "again", "measure", measureAgain);
    const plan = this.#button("Plan again", "sliders", "plan", planAgain);
    this.element = h("div", { class: "orders" }, measure, plan, this.#state);
  }

  #button(words, iconName, order, give) {
    const button = h("button", { type: "button", class: "button" }, icon(iconName), words);
    button.addEventListener("click", () => this.#give(button, order, give));
    return button;
  }

  async #give(button, order, give) {
    button.setAttribute("aria-disabled", "true");
    try {
      const { state } = await give();
      this.#say(WORDS[state]?.[order] ?? WORDS.begun[order], false);
    } catch (error) {
      this.#say(error.message, true);
    }
    button.removeAttribute("aria-disabled");
  }

  #say(words, failed) {
    this.#state.textContent = words;
    this.#state.dataset.failed = String(failed);
  }
}
