/** Tells those who listen instead of looking; a polite region reads it when there is a pause. */
export function announce(text) {
  document.getElementById("announcer").textContent = text;
}
