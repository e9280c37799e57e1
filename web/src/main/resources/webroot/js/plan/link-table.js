import { h } from "../dom.js";
import { count, fineDuration, linkRate } from "../format.js";
import { linkButtons } from "./link-buttons.js";

const MOST_SHOWN = 200;

/** Links, one way each; of very many the first. */
export function linkTable({ links }, changes) {
  const more = links.length - MOST_SHOWN;
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
        ...links.slice(0, MOST_SHOWN).map((link, index) =>
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
    more > 0 ? h("p", { class: "section-note more-links" }, `${count(more)} more at /cluster/plan`) : null,
  );
}
