import { h } from "../dom.js";

/** Two buttons that ask what would be if a link were half or twice as fast. */
export function linkButtons({ from, to }, changes, key) {
  const button = (factor, sign, words) => {
    const name = `${sign}: what if ${from} to ${to} were ${words}`;
    return h("button", { type: "button", class: "mini-button", "data-key": `${key}-${sign}`, "aria-label": name, title: name, click: () => changes.link(from, to, factor) }, sign);
  };
  return [button(0.5, "½×", "half as fast"), button(2, "2×", "twice as fast")];
}
