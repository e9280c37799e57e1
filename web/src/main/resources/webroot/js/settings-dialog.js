import { byId, h, iconButton } from "./dom.js";
import { plural } from "./format.js";
import { SAMPLING } from "./settings.js";

/** Where the system prompt and the sampling are set; each change counts from the next question on. */
export class SettingsDialog {
  #settings;
  #chats;
  #dialog = byId("settings");
  /** What puts each setting into its field. */
  #show = [];
  #forgetAll;

  constructor(settings, chats, session) {
    this.#settings = settings;
    this.#chats = chats;
    this.#forgetAll = h("button", { type: "button", class: "button danger", click: () => this.#forget(session) });
    this.#dialog.append(this.#content());
    const opener = byId("open-settings");
    opener.addEventListener("click", () => this.open());
    const mark = () => opener.toggleAttribute("data-changed", settings.isChanged);
    settings.addEventListener("change", mark);
    mark();
    this.#dialog.addEventListener("click", (event) => event.target === this.#dialog && this.#dialog.close());
  }

  open() {
    this.#showAll();
    this.#dialog.showModal();
  }

  #content() {
    const close = iconButton("close", "Close the settings", () => this.#dialog.close());
    const reset = h("button", { type: "button", class: "button", click: () => this.#reset() }, "Reset");
    return h(
      "div",
      { class: "settings-inner" },
      h("div", { class: "settings-head" }, h("h2", { id: "settings-title" }, "Settings"), close),
      this.#systemPrompt(),
      h("fieldset", {}, h("legend", {}, "How tokens are chosen"), h("p", { class: "hint" }, "What is left empty is as shown in grey."), h("div", { class: "sampling" }, ...SAMPLING.map((one) => this.#number(one)))),
      h("div", { class: "settings-actions" }, reset, this.#forgetAll),
      h("p", { class: "hint" }, "Any OpenAI client can use this cluster too: ", h("code", {}, `${location.origin}/v1`)),
    );
  }

  #systemPrompt() {
    const field = h("textarea", {
      id: "system-prompt",
      rows: "3",
      placeholder: "As the model's chat template has it",
      "aria-describedby": "system-prompt-hint",
      input: () => this.#settings.set("systemPrompt", field.value.trim() || undefined),
    });
    this.#show.push(({ systemPrompt }) => {
      field.value = systemPrompt;
    });
    return h(
      "div",
      { class: "field" },
      h("label", { for: "system-prompt" }, "System prompt"),
      field,
      h("p", { class: "hint", id: "system-prompt-hint" }, "Stands before every conversation and is never left out."),
    );
  }

  #number({ field: name, label, min, max, step, unset, hint }) {
    const id = `setting-${name}`;
    const words = h("p", { class: "hint", id: `${id}-hint` }, hint);
    const input = h("input", { id, type: "number", min, max, step, inputmode: "decimal", placeholder: unset, "aria-describedby": words.id });
    const check = () => {
      // The step is for the arrows; only whole numbers insist on it.
      const { badInput, rangeUnderflow, rangeOverflow, stepMismatch } = input.validity;
      const wrong = badInput || rangeUnderflow || rangeOverflow || (step === 1 && stepMismatch);
      input.setAttribute("aria-invalid", String(wrong));
      words.textContent = wrong ? `Expected a number from ${min} to ${max}${step === 1 ? " without decimals" : ""}.` : hint;
      return wrong;
    };
    input.addEventListener("input", () => {
      const unusable = check() || input.value === "";
      this.#settings.set(name, unusable ? undefined : input.valueAsNumber);
    });
    this.#show.push((values) => {
      input.value = values[name] ?? "";
      check();
    });
    return h("div", { class: "field" }, h("label", { for: id }, label), input, words);
  }

  #showAll() {
    const values = { ...this.#settings.sampling, systemPrompt: this.#settings.systemPrompt };
    this.#show.forEach((show) => show(values));
    this.#forgetAll.dataset.sure = "false";
    this.#forgetAll.textContent = "Delete all chats";
    this.#forgetAll.disabled = this.#chats.list().length === 0;
  }

  #reset() {
    this.#settings.reset();
    this.#showAll();
  }

  #forget(session) {
    if (this.#forgetAll.dataset.sure !== "true") {
      this.#forgetAll.dataset.sure = "true";
      this.#forgetAll.textContent = `Really delete ${plural(this.#chats.list().length, "chat")}?`;
      return;
    }
    this.#chats.list().forEach(({ id }) => session.remove(id));
    session.create();
    this.#showAll();
  }
}
