import { currentPlan } from "./plan-api.js";

const AGAIN_AFTER_MS = 5000;

/**
 * The plan in force, asked for anew every few seconds, but only while somebody looks at it.
 * Fires `change` whenever `plan` or `trouble` did.
 */
export class PlanFeed extends EventTarget {
  /** As `GET /cluster/plan` explains it; null until it was heard, and when there is none. */
  plan = null;
  /** Why there is no plan or no newer one, in words for people; null when all is well. */
  trouble = null;
  #watching = false;
  #next = 0;
  #heard = "";
  #inForce = null;

  constructor() {
    super();
    document.addEventListener("visibilitychange", () => document.hidden || this.refresh());
  }

  watch(watching) {
    this.#watching = watching;
    clearTimeout(this.#next);
    this.refresh();
  }

  /** The cluster says which plan is in force. */
  planIdIs(planId) {
    if (planId !== this.#inForce) {
      this.#inForce = planId;
      this.refresh();
    }
  }

  async refresh() {
    if (!this.#watching || document.hidden) {
      return;
    }
    clearTimeout(this.#next);
    try {
      this.#take(await currentPlan(), null);
    } catch (error) {
      this.#take(error.code === "no_plan" ? null : this.plan, error.message);
    }
    clearTimeout(this.#next);
    this.#next = setTimeout(() => this.refresh(), AGAIN_AFTER_MS);
  }

  #take(plan, trouble) {
    const heard = JSON.stringify([plan, trouble]);
    if (heard !== this.#heard) {
      this.#heard = heard;
      this.plan = plan;
      this.trouble = trouble;
      this.dispatchEvent(new Event("change"));
    }
  }
}
