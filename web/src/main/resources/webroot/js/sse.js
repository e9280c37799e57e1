/**
 * Reads server-sent events from a response body.
 *
 * @param {ReadableStream<Uint8Array>} body
 * @param {number} [silentMs] after so long without a word the connection counts as broken
 * @yields {{event: string, data: string}} one for each event that carries data; comments are skipped
 */
export async function* serverSentEvents(body, silentMs = Infinity) {
  let event = "";
  let data = [];
  for await (const line of lines(body, silentMs)) {
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

async function* lines(body, silentMs) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (;;) {
      const { value, done } = await inTime(reader.read(), silentMs);
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

async function inTime(reading, ms) {
  if (ms === Infinity) {
    return reading;
  }
  let timer;
  const silence = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`expected a word within ${ms} ms, found silence`)), ms);
  });
  try {
    return await Promise.race([reading, silence]);
  } finally {
    clearTimeout(timer);
  }
}
