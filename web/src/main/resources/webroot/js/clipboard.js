import { announce } from "./announcer.js";
import { setIcon } from "./dom.js";

const SHOWN_MS = 1600;

/** Copies a text and shows on the button that asked for it whether that worked. */
export async function copyFrom(button, text) {
  const copied = await copy(text);
  announce(copied ? "Copied" : "Copying did not work");
  button.dataset.copied = String(copied);
  setIcon(button, copied ? "check" : "close");
  setTimeout(() => {
    delete button.dataset.copied;
    setIcon(button, "copy");
  }, SHOWN_MS);
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/** For pages that came over plain HTTP from another machine: browsers give those no clipboard. */
function copyBySelection(text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "visually-hidden";
  const focused = document.activeElement;
  document.body.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  focused?.focus();
  return copied;
}
