import { h } from "./dom.js";

const EXAMPLES = [
  ["Explain", "Why is the sky blue? Answer in two sentences."],
  ["Write", "Write a short poem about three friends who carry a piano upstairs."],
  ["Code", "Write a Java method that reverses a string, and explain it."],
  ["Think of", "Think of five names for a small robot that waters plants."],
];

/** What a chat shows before its first question. */
export function emptyState(ask) {
  const examples = EXAMPLES.map(([kind, text]) =>
    h("li", {}, h("button", { type: "button", class: "example", click: () => ask(text) }, h("span", { class: "example-kind" }, kind), text)),
  );
  return h(
    "div",
    { class: "empty" },
    h("h2", {}, "One model, shared between your machines"),
    h("p", {}, "Each of them runs some of the layers. What you ask travels through them and nowhere else."),
    h("ul", { class: "examples", "aria-label": "Examples" }, ...examples),
  );
}
