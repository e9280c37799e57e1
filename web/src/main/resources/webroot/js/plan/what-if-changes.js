const WORDS = {
  objective: "Objective",
  model: "Model",
  contextTokens: "Context",
  sequences: "Sequences",
  promptTokens: "Prompt",
  newTokens: "New tokens",
};

/**
 * What is asked to be thought about, one change after the other, each of which can be undone.
 * Fires `change`.
 */
export class WhatIfChanges extends EventTarget {
  /** In the order they were made. */
  list = [];
  #earlier = [];

  remove(node) {
    this.#become([...this.list.filter((one) => one.node !== node), { kind: "remove", node }]);
  }

  /** A link between two nodes, both ways, gets so many times its rate; twice multiplies. */
  link(from, to, factor) {
    const [a, b] = [from, to].sort();
    const known = this.list.find((one) => one.kind === "link" && one.a === a && one.b === b);
    const product = (known?.factor ?? 1) * factor;
    const others = this.list.filter((one) => one !== known);
    this.#become(product === 1 ? others : [...others, { kind: "link", a, b, factor: product }]);
  }

  add(device, megabitsPerSecond, latencyMs) {
    this.#become([...this.list, { kind: "add", device, megabitsPerSecond, latencyMs }]);
  }

  /** @param {string|number|undefined} value undefined: as it is today */
  set(field, value) {
    const others = this.list.filter((one) => one.field !== field);
    this.#become(value === undefined ? others : [...others, { kind: "set", field, value }]);
  }

  /** What a field is set to; undefined when it is as today. */
  value(field) {
    return this.list.find((one) => one.field === field)?.value;
  }

  without(change) {
    this.#become(this.list.filter((one) => one !== change));
  }

  clear() {
    this.#become([]);
  }

  get canUndo() {
    return this.#earlier.length > 0;
  }

  undo() {
    if (this.canUndo) {
      this.list = this.#earlier.pop();
      this.dispatchEvent(new Event("change"));
    }
  }

  /** As `POST /cluster/what-if` wants it. */
  body() {
    const of = (kind) => this.list.filter((one) => one.kind === kind);
    return {
      ...Object.fromEntries(of("set").map(({ field, value }) => [field, value])),
      add: of("add").map(({ device, megabitsPerSecond, latencyMs }) => ({ device, megabitsPerSecond, latencyMs })),
      remove: of("remove").map(({ node }) => node),
      links: of("link").map(({ a, b, factor }) => ({ from: a, to: b, factor })),
    };
  }

  #become(list) {
    if (JSON.stringify(list) !== JSON.stringify(this.list)) {
      this.#earlier.push(this.list);
      this.list = list;
      this.dispatchEvent(new Event("change"));
    }
  }
}

/** A change in words. */
export function inWords(change) {
  switch (change.kind) {
    case "remove":
      return `Without ${change.node}`;
    case "link":
      return `${change.a} ↔ ${change.b}: ${change.factor >= 1 ? `${change.factor}×` : `1/${1 / change.factor}`} the rate`;
    case "add":
      return `With ${change.device}, ${change.megabitsPerSecond} Mbit/s, ${change.latencyMs} ms`;
    default:
      return `${WORDS[change.field]}: ${change.value}`;
  }
}
