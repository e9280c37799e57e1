/**
 * Reads server-sent events from a response body.
 *
 * @param {ReadableStream<Uint8Array>} body
 * @yields {{event: string, data: string}} one for each event that carries data; comments are skipped
 */
export async function* serverSentEvents(body) {
  let event = "";
  let data = [];
  for await (const line of lines(body)) {
    if (line === "") {
      if (data.length > 0) {
        yield { event: event || "message", data: data.join("\n") };
      }
      event = "";
      data = [];
    } else if (!line.startsWith(":")) {
      const colon = line.indexOf(":");
      const field = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
      if (field === "data") {
        data.push(value);
      } else if (field === "event") {
        event = value;
      }
    }
  }
}

async function* lines(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) {
        return;
      }
      const parts = (rest + value).split(/\r\n|\n/);
      rest = parts.pop();
      yield* parts;
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}
