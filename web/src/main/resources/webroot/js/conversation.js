const MOST_WORDS = 7;
const MOST_CHARACTERS = 48;

/**
 * What of a chat is sent: the system prompt, then everything from the first message that is not
 * left out. Questions that got no answer are joined with the next one, since chat templates want
 * the roles to take turns.
 *
 * @param {object[]} messages the chat's messages; a running answer, still empty, is not sent
 * @param {number} start the first one sent
 * @param {string} systemPrompt may be empty
 */
export function messagesToSend(messages, start, systemPrompt) {
  const sent = systemPrompt ? [{ role: "system", content: systemPrompt }] : [];
  for (const { role, text } of messages.slice(start)) {
    const last = sent.at(-1);
    if (text === "") {
      continue;
    }
    if (last?.role === role) {
      last.content += `\n\n${text}`;
    } else {
      sent.push({ role, content: text });
    }
  }
  return sent;
}

/** A chat's name: the first words that were asked. */
export function titleOf(question) {
  const words = question.trim().split(/\s+/);
  // By characters, not by halves of them.
  const title = [...words.slice(0, MOST_WORDS).join(" ")];
  const whole = words.length <= MOST_WORDS && title.length <= MOST_CHARACTERS;
  return whole ? title.join("") : `${title.slice(0, MOST_CHARACTERS).join("")}…`;
}
