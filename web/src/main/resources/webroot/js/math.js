/** Longer formulas are shown as the text they are: they would have to be set anew with every token. */
const MOST_CHARACTERS = 4000;

/** Dollars are money unless they hug what is between them, and no digit follows. */
const DOLLARS = /^\$(?![\s$])((?:\\[^\n]|[^$\\\n])*?[^\s$\\])\$(?![\d$])/;
const DISPLAY = [/^\$\$([^$]+?)\$\$/, /^\\\[([\s\S]+?)\\\]/];
const INLINE = [/^\\\(([\s\S]+?)\\\)/, DOLLARS];

/**
 * Formulas in Markdown, as marked's extensions: `$…$`, `\(…\)`, `$$…$$` and `\[…\]`.
 *
 * @param {(text: string) => string} escape makes text fit for markup
 */
export function mathExtensions(escape) {
  const renderer = ({ raw, formula, display }) => setFormula(formula, display) ?? escape(raw);
  return [
    {
      name: "formulaBlock",
      level: "block",
      start: (src) => src.search(/\$\$|\\\[/),
      tokenizer(src) {
        const token = match(src, DISPLAY, true);
        const alone = token && /^[ \t]*(?:\n|$)/.exec(src.slice(token.raw.length));
        return alone ? { ...token, type: "formulaBlock", raw: token.raw + alone[0] } : undefined;
      },
      renderer: (token) => `<p>${renderer(token)}</p>`,
    },
    {
      name: "formula",
      level: "inline",
      start: (src) => src.search(/\$|\\[[(]/),
      tokenizer(src) {
        const token = match(src, DISPLAY, true) ?? match(src, INLINE, false);
        return token && { ...token, type: "formula" };
      },
      renderer,
    },
  ];
}

function match(src, forms, display) {
  const found = forms.map((form) => form.exec(src)).find(Boolean);
  return found ? { raw: found[0], formula: found[1].trim(), display } : undefined;
}

/** The formula as MathML, which needs neither styles nor fonts of its own; null when it is none. */
function setFormula(formula, display) {
  if (formula === "" || formula.length > MOST_CHARACTERS) {
    return null;
  }
  try {
    const set = katex.renderToString(formula, { displayMode: display, output: "mathml", strict: "ignore", maxExpand: 200, maxSize: 20 });
    return set.replace(/<annotation[\s\S]*?<\/annotation>/, "");
  } catch {
    return null;
  }
}

/** What a formula is made of, for the sanitiser. */
export const MATH_TAGS = [
  ...["math", "semantics", "mrow", "mi", "mn", "mo", "ms", "mtext", "mspace", "msup", "msub", "msubsup", "mfrac", "msqrt", "mroot"],
  ...["mover", "munder", "munderover", "mtable", "mtr", "mtd", "mpadded", "mphantom", "mstyle"],
];
export const MATH_ATTRIBUTES = [
  ...["display", "mathvariant", "stretchy", "fence", "separator", "lspace", "rspace", "linethickness", "columnalign", "rowspacing"],
  ...["columnspacing", "scriptlevel", "displaystyle", "accent", "accentunder", "minsize", "maxsize"],
];
