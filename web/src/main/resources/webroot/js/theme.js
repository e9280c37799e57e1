import { setIcon } from "./dom.js";
import { readText, writeText } from "./storage.js";

const KEY = "edgeshard.theme";
const CHOICES = ["system", "light", "dark"];
const LABELS = { system: "as the system", light: "light", dark: "dark" };
const ICONS = { system: "system", light: "sun", dark: "moon" };

/** The switch between the system's colours, light and dark. */
export function startTheme(button) {
  let chosen = CHOICES.includes(readText(KEY)) ? readText(KEY) : "system";
  const show = () => {
    if (chosen === "system") {
      delete document.documentElement.dataset.theme;
    } else {
      document.documentElement.dataset.theme = chosen;
    }
    button.setAttribute("aria-label", `Colours: ${LABELS[chosen]}`);
    button.title = `Colours: ${LABELS[chosen]}`;
    setIcon(button, ICONS[chosen]);
  };
  button.addEventListener("click", () => {
    chosen = CHOICES[(CHOICES.indexOf(chosen) + 1) % CHOICES.length];
    writeText(KEY, chosen);
    show();
  });
  show();
}
