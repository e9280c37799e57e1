import { TokenEstimate, nextTurn, roomForAnswer, startThatFits } from "./context-window.js";
import { messagesToSend } from "./conversation.js";

/**
 * The part of a chat that is sent: as much as fits the model's context, which is estimated
 * beforehand and learned from what the server says. A chat remembers in `leftOut` how many of its
 * first messages are not sent any more.
 */
export class SentPart {
  #settings;
  #estimate = new TokenEstimate();
  /** The model asked: id and contextTokens (null when unknown); null until the server named it. */
  model = null;

  constructor(settings) {
    this.#settings = settings;
  }

  messagesOf(chat) {
    return messagesToSend(chat.messages, chat.leftOut, this.#settings.systemPrompt);
  }

  /** Tokens that would be sent with this draft, roughly. */
  tokensWith(chat, draft) {
    return this.#tokensFrom([...chat.messages, { role: "user", text: draft }], chat.leftOut);
  }

  /** The server counted this many tokens in these messages. */
  learn(messages, tokens) {
    this.#estimate.learn(messages, tokens);
  }

  /** @return {number} how many messages have to be left out so that the rest should fit */
  leftOutToFit(chat) {
    const contextTokens = this.model?.contextTokens;
    if (!contextTokens) {
      return chat.leftOut;
    }
    const limit = contextTokens - roomForAnswer(contextTokens, this.#settings.sampling.max_tokens);
    return startThatFits(chat.messages, chat.leftOut, (from) => this.#tokensFrom(chat.messages, from), limit);
  }

  /**
   * After the server found it too long: a quarter of the turns that are still sent, at least one.
   *
   * @return {number|null} how many messages are to be left out; null when only the question is left
   */
  leftOutAfterRefusal(chat) {
    const starts = [];
    for (let at = nextTurn(chat.messages, chat.leftOut); at !== null; at = nextTurn(chat.messages, at)) {
      starts.push(at);
    }
    return starts.length === 0 ? null : starts[Math.ceil(starts.length / 4) - 1];
  }

  #tokensFrom(messages, start) {
    return this.#estimate.of(messagesToSend(messages, start, this.#settings.systemPrompt));
  }
}
