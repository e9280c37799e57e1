/** Whether a question would be answered now, and if not, why, in words for people. */
export class Availability extends EventTarget {
  /** Null when questions are answered. */
  reason = "Looking for the cluster …";

  constructor(feed) {
    super();
    feed.addEventListener("change", () => {
      this.reason = reasonOf(feed);
      this.dispatchEvent(new Event("change"));
    });
  }
}

function reasonOf({ connected, status }) {
  if (!connected) {
    return "No connection to the server. Trying again …";
  }
  return status.ready ? null : `The cluster is not ready: ${status.reason || "it did not say why."}`;
}
