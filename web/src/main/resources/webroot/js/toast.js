import { byId, h } from "./dom.js";

const SHOWN_MS = 8000;
let hiding = 0;

/**
 * Says something for a few seconds.
 *
 * @param {string} text
 * @param {string} [actionLabel] what can be done about it
 * @param {() => void} [action]
 */
export function toast(text, actionLabel, action) {
  const region = byId("toast");
  const hide = () => {
    region.hidden = true;
  };
  const button = actionLabel
    ? h("button", { type: "button", class: "link-button", click: () => (hide(), action()) }, actionLabel)
    : null;
  region.replaceChildren(h("span", {}, text), ...(button ? [button] : []));
  region.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(hide, SHOWN_MS);
}
