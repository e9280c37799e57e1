const SVG = "http://www.w3.org/2000/svg";

/**
 * Makes a part of a drawing. Children that are strings become text, never markup.
 *
 * @param {string} tag
 * @param {object} attributes
 * @param {...(Node|string|null)} children
 */
export function s(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** A line of text. */
export function label(x, y, text, className, anchor = "middle") {
  return s("text", { x, y, class: className, "text-anchor": anchor }, text);
}

/** The head of an arrow that points to a place, coming from an angle (0 is from the left). */
export function arrowHead(x, y, degrees) {
  return s("path", { d: "M0 0 -8 -4.5 -8 4.5Z", transform: `translate(${x} ${y}) rotate(${degrees})`, class: "arrow-head" });
}
