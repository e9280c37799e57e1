/**
 * Hears one answer to its end and keeps the time.
 *
 * @param {AsyncIterable<object>} chunks as the server sends them
 * @param {object} answer the message to fill: text, state, finish, stats
 * @param {() => void} onProgress after each event that brought text, or told of the prompt
 */
export async function hearAnswer(chunks, answer, onProgress) {
  const started = performance.now();
  const stats = { events: 0 };
  answer.stats = stats;
  let text = answer.before ?? "";
  try {
    for await (const chunk of chunks) {
      const choice = chunk.choices?.[0];
      if (choice?.delta?.content) {
        stats.lastTokenMs = performance.now() - started;
        stats.firstTokenMs ??= stats.lastTokenMs;
        stats.events += 1;
        text += choice.delta.content;
        // Heard once more from its beginning, it does not shrink.
        answer.text = answer.text.startsWith(text) ? answer.text : text;
        onProgress();
      }
      if (chunk.prompt_progress) {
        stats.prompt = chunk.prompt_progress;
        onProgress();
      }
      answer.finish = choice?.finish_reason ?? answer.finish;
      stats.usage = chunk.usage ?? stats.usage;
      stats.timings = chunk.timings ?? stats.timings;
    }
    answer.state = "complete";
  } finally {
    stats.totalMs = performance.now() - started;
  }
}

/** An answer of which nothing has come yet, perhaps but the text that it goes on from. */
export function emptyAnswer(before = "") {
  return { role: "assistant", text: before, before: before || undefined, state: "streaming", stats: { events: 0 } };
}

/** Tokens of an answer: as the server counted them, else the events that came. */
export function tokenCount(stats) {
  return stats.usage?.completion_tokens ?? stats.events;
}

/** Tokens a second after the first one, by this browser's clock; null while there are too few. */
export function tokensPerSecond(stats) {
  const spanMs = stats.lastTokenMs - stats.firstTokenMs;
  return stats.events > 1 && spanMs > 0 ? ((tokenCount(stats) - 1) * 1000) / spanMs : null;
}
