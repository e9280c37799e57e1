// Runs before the first paint, hence no module: a page that turns dark after it was shown light hurts.
(function () {
  try {
    const chosen = localStorage.getItem("edgeshard.theme");
    if (chosen === "light" || chosen === "dark") {
      document.documentElement.dataset.theme = chosen;
    }
  } catch {
    // A browser that keeps nothing follows the system.
  }
})();
