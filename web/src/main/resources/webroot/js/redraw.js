/** Puts other children in place; the focus stays on what has the same `data-key` as what had it. */
export function redraw(container, ...children) {
  const focused = document.activeElement;
  const key = container.contains(focused) ? focused.dataset.key : undefined;
  container.replaceChildren(...children.filter((child) => child !== null));
  if (key !== undefined) {
    container.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
  }
}
