import { TokenEstimate, nextTurn, roomForAnswer, startThatFits } from "./context-window.js";
import { messagesToSend } from "./conversation.js";

/**
 * The part of a chat that is sent: as much as fits the model's context, which is estimated
 * beforehand and learned from what the server says. Where it begins is an index into the messages
 * on screen; what was left out once stays so.
 */
export class SentPart {
  #settings;
  #estimate = new TokenEstimate();
  /** The model asked: id, contextTokens (null when unknown) and sampling; null until the server named it. */
  model = null;

  constructor(settings) {
    this.#settings = settings;
  }

  /** Tokens that would be sent, roughly. */
  tokensOf(systemPrompt, path, start) {
    return this.#estimate.of(messagesToSend(path, start, systemPrompt));
  }

  /** The server counted this many tokens in these messages. */
  learn(messages, tokens) {
    this.#estimate.learn(messages, tokens);
  }

  /** @return {number} how many messages have to be left out so that the rest should fit */
  startThatFits(systemPrompt, path, start) {
    const contextTokens = this.model?.contextTokens;
    if (!contextTokens) {
      return start;
    }
    const limit = contextTokens - roomForAnswer(contextTokens, this.#settings.sampling.max_tokens);
    return startThatFits(path, start, (from) => this.tokensOf(systemPrompt, path, from), limit);
  }

  /**
   * After the server found it too long: a quarter of the turns that are still sent, at least one.
   *
   * @return {number|null} how many messages are to be left out; null when only the question is left
   */
  startAfterRefusal(path, start) {
    const starts = [];
    for (let at = nextTurn(path, start); at !== null; at = nextTurn(path, at)) {
      starts.push(at);
    }
    return starts.length === 0 ? null : starts[Math.ceil(starts.length / 4) - 1];
  }
}
