/** Enter by itself, which sends. Safari ends a composition before its Enter arrives, which then has the code 229. */
export function isPlainEnter(event) {
  return event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229;
}
