import { copyFrom } from "./clipboard.js";
import { h, iconButton } from "./dom.js";

/** Gives each block of code a name and a copy button, and lets the keyboard scroll what is wide. */
export function addCopyButtons(element) {
  for (const pre of element.querySelectorAll("pre")) {
    const language = /language-(\S+)/.exec(pre.firstElementChild?.className ?? "")?.[1] ?? "text";
    const copy = iconButton("copy", "Copy this code", () => copyFrom(copy, pre.textContent));
    const figure = h("figure", { class: "code" }, h("figcaption", {}, h("span", {}, language), copy));
    pre.tabIndex = 0;
    pre.setAttribute("aria-label", `Code, ${language}`);
    pre.setAttribute("role", "group");
    pre.replaceWith(figure);
    figure.append(pre);
  }
  for (const table of element.querySelectorAll("table")) {
    const scroll = h("div", { class: "wide", tabindex: "0", role: "group", "aria-label": "Table" });
    table.replaceWith(scroll);
    scroll.append(table);
  }
}
