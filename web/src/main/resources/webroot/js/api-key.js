import { h } from "./dom.js";
import { forget, readText, writeText } from "./storage.js";

const KEPT = "edgeshard.api-key";

/** The question that is on screen, for all who wait for its answer. */
let asking = null;

/**
 * Fetches with the key that this browser keeps; asks the person for one while the server wants
 * another. An answer of status 401 comes back only when nobody gives a key.
 */
export async function fetchWithKey(path, options = {}) {
  for (;;) {
    const key = readText(KEPT);
    const headers = { ...options.headers, ...(key ? { Authorization: `Bearer ${key}` } : {}) };
    const response = await fetch(path, { ...options, headers });
    if (response.status !== 401 || options.signal?.aborted) {
      return response;
    }
    asking ??= ask(Boolean(key)).finally(() => (asking = null));
    if (!(await asking)) {
      return response;
    }
  }
}

/** @return {Promise<boolean>} whether a key was given */
function ask(another) {
  const field = h("input", { type: "password", id: "api-key", autocomplete: "off", required: true });
  const dialog = h(
    "dialog",
    { class: "settings key-dialog", "aria-labelledby": "api-key-title" },
    h(
      "form",
      { method: "dialog", class: "settings-inner" },
      h("h2", { id: "api-key-title" }, "API key"),
      h("p", { class: "hint" }, another ? "This server does not know the key that this browser keeps." : "This server asks for a key. Who started it knows one."),
      h("div", { class: "field" }, h("label", { for: "api-key" }, "Key"), field),
      h("div", { class: "settings-actions" }, h("button", { type: "submit", class: "button", value: "use" }, "Use this key")),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      const given = dialog.returnValue === "use" && field.value.trim() !== "";
      if (given) {
        writeText(KEPT, field.value.trim());
      } else {
        forget(KEPT);
      }
      dialog.remove();
      resolve(given);
    });
  });
}
