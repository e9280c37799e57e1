/** Tokens that a chat template puts around each message, roughly. */
const AROUND_A_MESSAGE = 6;
/** Characters a token, before anything was learned; low, so that an estimate errs on the long side. */
const FIRST_GUESS = 3;
/** Shorter prompts say more about the template than about the text. */
const ENOUGH_CHARACTERS = 200;

/** Guesses how many tokens a text has; learns from what the server counted. */
export class TokenEstimate {
  #charactersPerToken = FIRST_GUESS;

  /** @param {{role: string, content: string}[]} messages */
  of(messages) {
    return Math.ceil(characters(messages) / this.#charactersPerToken) + messages.length * AROUND_A_MESSAGE;
  }

  /** The server counted this many tokens in these messages. */
  learn(messages, tokens) {
    const text = characters(messages);
    const textTokens = tokens - messages.length * AROUND_A_MESSAGE;
    if (text >= ENOUGH_CHARACTERS && textTokens > 0) {
      this.#charactersPerToken = Math.min(8, Math.max(0.5, text / textTokens));
    }
  }
}

function characters(messages) {
  return messages.reduce((sum, message) => sum + message.content.length, 0);
}

/** Tokens to keep free for an answer; one of unlimited length gets a quarter, at most 512. */
export function roomForAnswer(contextTokens, maxTokens) {
  return Math.floor(Math.min(maxTokens ?? 512, contextTokens / (maxTokens ? 2 : 4)));
}

/**
 * Where the sent part of a conversation begins, so that it fits: whole turns are left out, oldest
 * first, never the last one.
 *
 * @param {object[]} messages the conversation without its system prompt
 * @param {number} from what was left out before stays left out
 * @param {(start: number) => number} tokensFrom tokens when sending begins there
 * @param {number} limit tokens that a prompt may have
 */
export function startThatFits(messages, from, tokensFrom, limit) {
  let start = from;
  while (tokensFrom(start) > limit) {
    const next = nextTurn(messages, start);
    if (next === null) {
      return start;
    }
    start = next;
  }
  return start;
}

/** The beginning of the turn after the one that begins at `start`; null when that was the last. */
export function nextTurn(messages, start) {
  const next = messages.findIndex((message, index) => index > start && message.role === "user");
  return next < 0 ? null : next;
}
