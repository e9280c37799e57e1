import { ChatsSection } from "./chats-section.js";
import { byId, h, iconButton } from "./dom.js";
import { SAMPLING } from "./settings.js";

/** Where the system prompt and the sampling are set; each change counts from the next question on. */
export class SettingsDialog {
  #settings;
  #session;
  #dialog = byId("settings");
  /** What puts each setting into its field. */
  #show = [];
  /** What can be done with the chats. */
  chats;

  constructor(settings, chats, session) {
    this.#settings = settings;
    this.#session = session;
    this.chats = new ChatsSection(chats, session);
    this.#dialog.append(this.#content());
    const opener = byId("open-settings");
    opener.addEventListener("click", () => this.open());
    const mark = () => opener.toggleAttribute("data-changed", settings.isChanged || session.systemPrompt !== "");
    settings.addEventListener("change", mark);
    session.addEventListener("opened", mark);
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
      h("div", { class: "settings-actions" }, reset),
      this.chats.element,
      h("p", { class: "hint" }, "Any OpenAI client can use this cluster too: ", h("code", {}, `${location.origin}/v1`)),
    );
  }

  #systemPrompt() {
    const field = h("textarea", {
      id: "system-prompt",
      rows: "3",
      placeholder: "As the model's chat template has it",
      "aria-describedby": "system-prompt-hint",
      input: () => this.#setSystemPrompt(field.value.trim()),
    });
    this.#show.push(() => {
      field.value = this.#session.systemPrompt;
    });
    return h(
      "div",
      { class: "field" },
      h("label", { for: "system-prompt" }, "System prompt"),
      field,
      h("p", { class: "hint", id: "system-prompt-hint" }, "Belongs to this chat and is never left out of what is sent; the next new chat begins with it too."),
    );
  }

  #number({ field: name, label, min, max, step, unset, hint }) {
    const id = `setting-${name}`;
    const words = h("p", { class: "hint", id: `${id}-hint` }, hint);
    const input = h("input", { id, type: "number", min, max, step, inputmode: "decimal", "aria-describedby": words.id });
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
      input.placeholder = this.#session.model?.sampling[name] ?? unset;
      check();
    });
    return h("div", { class: "field" }, h("label", { for: id }, label), input, words);
  }

  #setSystemPrompt(text) {
    this.#session.systemPrompt = text;
    this.#settings.set("systemPrompt", text || undefined);
  }

  #showAll() {
    const { sampling } = this.#settings;
    this.#show.forEach((show) => show(sampling));
    this.chats.show();
  }

  #reset() {
    this.#session.systemPrompt = "";
    this.#settings.reset();
    this.#showAll();
  }
}
