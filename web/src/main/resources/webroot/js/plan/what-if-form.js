import { h, icon } from "../dom.js";
import { deviceNames, modelNames } from "./plan-api.js";

const OBJECTIVES = [
  ["token-time", "least time per token"],
  ["request-time", "least time for a whole request"],
  ["throughput", "most tokens per second"],
  ["energy", "least energy per token"],
];
const NUMBERS = [
  ["contextTokens", "Context, tokens"],
  ["sequences", "Sequences at once"],
  ["promptTokens", "Prompt, tokens"],
  ["newTokens", "New tokens"],
];

/** Where changes are made that have no place of their own on the page. */
export class WhatIfForm {
  #changes;
  #node = h("select", { id: "what-if-node" });
  #device = h("select", { id: "what-if-device" });
  #rate = h("input", { id: "what-if-rate", type: "number", min: "0.001", max: "1000000", step: "any", value: "100", required: true });
  #latency = h("input", { id: "what-if-latency", type: "number", min: "0", max: "60000", step: "any", value: "1", required: true });
  #model = h("select", { id: "what-if-model", change: () => this.#choose("model", this.#model) });
  #objective = h("select", { id: "what-if-objective", change: () => this.#choose("objective", this.#objective) });
  #numbers = new Map(NUMBERS.map(([field]) => [field, this.#number(field)]));
  #namesKnown = false;

  constructor(changes) {
    this.#changes = changes;
    const remove = h("form", { class: "what-if-row", submit: (event) => this.#remove(event) }, field("A node is gone", this.#node), submit("Remove"));
    const add = h(
      "form",
      { class: "what-if-row", submit: (event) => this.#add(event) },
      field("A device joins", this.#device),
      field("Mbit/s", this.#rate, "short"),
      field("Latency, ms", this.#latency, "short"),
      submit("Add", "plus"),
    );
    const goal = h(
      "div",
      { class: "what-if-row" },
      field("Objective", this.#objective),
      field("Model", this.#model),
    );
    const sizes = h(
      "div",
      { class: "what-if-row" },
      ...NUMBERS.map(([name, label]) => field(label, this.#numbers.get(name), "short")),
    );
    this.element = h("div", { class: "what-if-form" }, remove, add, goal, sizes);
    this.#objective.append(option("", "as today"), ...OBJECTIVES.map(([value, words]) => option(value, words)));
    this.#model.append(option("", "as today"));
    changes.addEventListener("change", () => this.#showValues());
  }

  /** Today's plan has changed. */
  show(plan) {
    const chosen = this.#node.value;
    this.#node.replaceChildren(...plan.nodes.filter(({ id }) => id !== plan.source).map(({ id }) => option(id, id)));
    this.#node.value = plan.nodes.some(({ id }) => id === chosen) ? chosen : (this.#node.options[0]?.value ?? "");
    for (const [name] of NUMBERS) {
      this.#numbers.get(name).placeholder = String(plan.promise[name]);
    }
    this.#askNames();
  }

  async #askNames() {
    if (this.#namesKnown) {
      return;
    }
    this.#namesKnown = true;
    try {
      const [devices, models] = await Promise.all([deviceNames(), modelNames()]);
      this.#device.replaceChildren(...devices.map((name) => option(name, name)));
      this.#model.replaceChildren(option("", "as today"), ...models.map((name) => option(name, name)));
    } catch {
      // Asked again with the next plan.
      this.#namesKnown = false;
    }
  }

  #number(name) {
    const input = h("input", {
      id: `what-if-${name}`,
      type: "number",
      min: "1",
      max: "10000000",
      step: "1",
      change: () => input.reportValidity() && this.#changes.set(name, input.value === "" ? undefined : input.valueAsNumber),
    });
    return input;
  }

  #choose(name, select) {
    this.#changes.set(name, select.value || undefined);
  }

  #remove(event) {
    event.preventDefault();
    if (this.#node.value) {
      this.#changes.remove(this.#node.value);
    }
  }

  #add(event) {
    event.preventDefault();
    if (this.#device.value) {
      this.#changes.add(this.#device.value, this.#rate.valueAsNumber, this.#latency.valueAsNumber);
    }
  }

  #showValues() {
    this.#model.value = this.#changes.value("model") ?? "";
    this.#objective.value = this.#changes.value("objective") ?? "";
    this.#numbers.forEach((input, name) => {
      input.value = this.#changes.value(name) ?? "";
    });
  }
}

function field(label, input, size = "") {
  return h("div", { class: `what-if-field ${size}` }, h("label", { for: input.id }, label), input);
}

function option(value, words) {
  return h("option", { value }, words);
}

function submit(words, iconName) {
  return h("button", { type: "submit", class: "button" }, iconName ? icon(iconName) : null, words);
}
