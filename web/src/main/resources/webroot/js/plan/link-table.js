import { h } from "../dom.js";
import { fineDuration, linkRate } from "../format.js";
import { linkButtons } from "./link-buttons.js";

/** All links, one way each. */
export function linkTable({ links }, changes) {
  return h(
    "div",
    { class: "table-scroll", role: "region", tabindex: "0", "aria-label": "Links" },
    h(
      "table",
      { class: "figures-table" },
      h("caption", { class: "visually-hidden" }, "Links between the nodes, one way each"),
      h("thead", {}, h("tr", {}, ...["Link", "Latency", "Rate", "What if, both ways"].map((name, index) => h("th", { scope: "col", class: index === 0 ? null : "number" }, name)))),
      h(
        "tbody",
        {},
        ...links.map((link, index) =>
          h(
            "tr",
            {},
            h("th", { scope: "row" }, `${link.from} → ${link.to}`),
            h("td", { class: "number" }, fineDuration(link.latencyMs)),
            h("td", { class: "number" }, linkRate(link.megabitsPerSecond)),
            h("td", { class: "number actions-cell" }, ...linkButtons(link, changes, `link-${index}`)),
          ),
        ),
      ),
    ),
  );
}
