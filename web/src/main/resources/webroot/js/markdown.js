import { Marked } from "../vendor/marked.js";
import DOMPurify from "../vendor/purify.js";
import { MATH_ATTRIBUTES, MATH_TAGS, mathExtensions } from "./math.js";

/** Longer code is shown without colours: they would have to be found anew with every token. */
const MOST_COLOURED_CHARACTERS = 20_000;

const escape = (text) =>
  text.replace(/[&<>"']/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[c]);

/** The little markup that models write for what Markdown has no signs for. */
const INLINE_MARKUP = /^<(?:br ?\/?|\/?(?:sub|sup|kbd))>$/i;

/** Other markup that the model printed is shown as the text it is; nothing is ever loaded for an answer. */
const renderer = {
  html({ text, block }) {
    if (!block && INLINE_MARKUP.test(text)) {
      return text;
    }
    return block ? `<pre><code class="language-html">${escape(text.trimEnd())}</code></pre>` : escape(text);
  },
  image({ href, text }) {
    return `<a href="${escape(href)}">${escape(text || "image")}</a>`;
  },
  heading({ tokens, depth }) {
    const level = Math.min(depth + 2, 6);
    return `<h${level}>${this.parser.parseInline(tokens)}</h${level}>`;
  },
  checkbox({ checked }) {
    return checked ? "☑ " : "☐ ";
  },
  code({ text, lang }) {
    const language = (lang ?? "").trim().split(/\s/)[0].toLowerCase();
    const known = Boolean(language && hljs.getLanguage(language));
    const coloured = known && text.length <= MOST_COLOURED_CHARACTERS;
    const inner = coloured ? hljs.highlight(text, { language, ignoreIllegals: true }).value : escape(text);
    return `<pre><code${known ? ` class="language-${escape(language)}"` : ""}>${inner}</code></pre>`;
  },
};

const marked = new Marked({ gfm: true, breaks: true, renderer }, { extensions: mathExtensions(escape) });

/** What may remain after sanitising: text structure, links to elsewhere, colours of code. */
const ALLOWED = {
  ALLOWED_TAGS: [
    ...["p", "br", "hr", "strong", "em", "del", "code", "pre", "span", "a", "blockquote"],
    ...["ul", "ol", "li", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"],
    ...["sub", "sup", "kbd"],
    ...MATH_TAGS,
  ],
  ALLOWED_ATTR: ["href", "title", "class", "start", "align", ...MATH_ATTRIBUTES],
  ALLOWED_URI_REGEXP: /^(?:https?|mailto):/i,
  // Values that are no addresses, so that the rule for addresses does not take them away.
  ADD_URI_SAFE_ATTR: ["start", "align", ...MATH_ATTRIBUTES],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
};

DOMPurify.addHook("afterSanitizeAttributes", (node) => {
  if (node.nodeName === "A") {
    node.setAttribute("rel", "noopener noreferrer");
    node.setAttribute("target", "_blank");
  }
});

/**
 * The blocks (paragraphs, lists, code …) of a text, and the `links` that it defines apart from where
 * they are used. A block knows the source it came from as `raw`: with that and the links the same,
 * it looks the same.
 */
export function blocksOf(text) {
  const tokens = marked.lexer(text);
  const blocks = tokens.filter(({ type }) => type !== "space" && type !== "def");
  return { blocks, links: JSON.stringify(tokens.links) };
}

/** A block as safe nodes. */
export function nodesOf(block) {
  return DOMPurify.sanitize(marked.parser([block]), ALLOWED);
}
