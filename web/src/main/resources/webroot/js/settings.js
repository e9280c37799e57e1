import { readJson, writeJson } from "./storage.js";

const KEY = "edgeshard.settings";

/**
 * What can be set about sampling: the request's field, its bounds, and words for people. A
 * field that is not set is not sent, and `unset` says what that means.
 */
export const SAMPLING = [
  { field: "temperature", label: "Temperature", min: 0, max: 2, step: 0.05, unset: "as served", hint: "0 always takes the likeliest token; more is livelier." },
  { field: "top_p", label: "Top P", min: 0, max: 1, step: 0.01, unset: "as served", hint: "Only the likeliest tokens that together reach this share." },
  { field: "top_k", label: "Top K", min: 0, max: 1000, step: 1, unset: "as served", hint: "Only this many of the likeliest tokens." },
  { field: "min_p", label: "Min P", min: 0, max: 1, step: 0.01, unset: "as served", hint: "Only tokens at least this likely, relative to the likeliest." },
  { field: "repeat_penalty", label: "Repeat penalty", min: 0.5, max: 2, step: 0.01, unset: "as served", hint: "Above 1 makes repeated tokens less likely." },
  { field: "max_tokens", label: "Longest answer", min: 1, max: 1_000_000, step: 1, unset: "as fits", hint: "In tokens." },
  { field: "seed", label: "Seed", min: 0, max: 2_147_483_647, step: 1, unset: "random", hint: "The same seed gives the same answer again." },
];

/** The system prompt and how tokens are chosen. */
export class Settings extends EventTarget {
  #values = readJson(KEY) ?? {};

  get systemPrompt() {
    return this.#values.systemPrompt ?? "";
  }

  /** The sampling fields of a request: those that are set. */
  get sampling() {
    return Object.fromEntries(
      SAMPLING.map(({ field }) => [field, this.#values[field]]).filter(([, value]) => typeof value === "number"),
    );
  }

  /** Whether anything is set. */
  get isChanged() {
    return this.systemPrompt !== "" || Object.keys(this.sampling).length > 0;
  }

  /** @param {string|number|undefined} value undefined sets it no more */
  set(name, value) {
    this.#values = { ...this.#values, [name]: value };
    this.#changed();
  }

  reset() {
    this.#values = {};
    this.#changed();
  }

  #changed() {
    writeJson(KEY, this.#values);
    this.dispatchEvent(new Event("change"));
  }
}
