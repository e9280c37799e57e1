import { emptyAnswer, hearAnswer } from "./answer.js";
import { ANSWER_STOPPED, CONNECTION_LOST, UNKNOWN_ANSWER, answerChunks, chatChunks, stopAnswer } from "./api.js";
import { append, broughtNothing, choose, emptyChat, leftOutOf, mergeInto, newId, pathOf, pathTo, touch, versionsOf } from "./chat-tree.js";
import { messagesToSend, titleOf } from "./conversation.js";
import { SentPart } from "./sent-part.js";

const SAVE_EVERY_MS = 1000;
const TOO_LONG = "context_length_exceeded";
/** Waits before an answer is taken up again whose connection broke; the server keeps it for a minute. */
const AFTER_LOSS_MS = [300, 1000, 3000, ...Array(11).fill(5000)];
/** Another window's request may be on its way to the server still. */
const ASKED_ELSEWHERE_MS = 1000;
const PAGE_LEFT = { code: "page_left", message: "The page was closed while this answer was being made, and the server does not have it any more." };

/**
 * The chat on screen and the answers that are being made, at most one for each chat.
 *
 * Fires `opened` (another chat is on screen), `changed` (its messages did), `progress` (text came),
 * `ended` (an answer did), `context` (what is sent of it changed) and `running`.
 */
export class ChatSession extends EventTarget {
  #chats;
  #settings;
  #sent;
  #runs = new Map();
  #opening = 0;
  chat;

  constructor(chats, settings) {
    super();
    this.#chats = chats;
    this.#settings = settings;
    this.#sent = new SentPart(settings);
    this.chat = this.#newChat();
    addEventListener("pagehide", () => this.#leave());
    chats.addEventListener("kept", ({ detail }) => this.#hearOfOtherWindow(detail));
    chats.addEventListener("removed", ({ detail }) => this.#forget(detail));
    document.addEventListener("visibilitychange", () => this.#takeUp(this.chat));
  }

  /** The model asked: id, contextTokens (null when unknown) and sampling; null until the server named it. */
  get model() {
    return this.#sent.model;
  }

  set model(model) {
    this.#sent.model = model;
    this.#fire("context");
  }

  /** The messages on screen, oldest first. */
  get path() {
    return pathOf(this.chat);
  }

  /** How many of them are not sent any more. */
  get leftOut() {
    return leftOutOf(this.path);
  }

  get systemPrompt() {
    return this.chat.systemPrompt;
  }

  set systemPrompt(text) {
    this.chat.systemPrompt = text;
    this.chat.promptedMs = Date.now();
    if (this.chat.messages.length > 0) {
      this.#save(this.chat);
    }
    this.#fire("context");
  }

  versionsOf(message) {
    return versionsOf(this.chat, message);
  }

  /** Whether an answer is being made in a chat, without an id the one on screen. */
  isAnswering(id = this.chat.id) {
    return this.#runs.has(id);
  }

  /** Shows a kept chat, or a new one when there is none of that id. */
  async open(id) {
    const opening = ++this.#opening;
    const chat = this.#runs.get(id)?.chat ?? (id ? await this.#chats.get(id) : undefined);
    if (opening === this.#opening) {
      this.#show(chat ?? this.#newChat());
    }
  }

  create() {
    this.#opening++;
    this.#show(this.#newChat());
  }

  /** Stops what is being made in a chat and forgets it. @return the chat as it was */
  async remove(id) {
    const chat = this.#runs.get(id)?.chat ?? (this.chat.id === id ? this.chat : await this.#chats.get(id));
    this.#forget(id);
    await this.#chats.remove(id);
    return chat;
  }

  async rename(id, title) {
    const chat = this.#runs.get(id)?.chat ?? (this.chat.id === id ? this.chat : await this.#chats.get(id));
    if (chat) {
      Object.assign(chat, { title, titledMs: Date.now() });
      await this.#save(chat);
      this.#fireIn(chat, "changed");
    }
  }

  ask(text) {
    if (!this.isAnswering()) {
      const { chat } = this;
      chat.title ||= titleOf(text);
      this.#askAfter(chat, this.path.at(-1)?.id ?? null, text);
    }
  }

  /** Asks in other words; what was asked and answered before stays as a version. */
  edit(question, text) {
    if (!this.isAnswering()) {
      this.#askAfter(this.chat, question.parentId, text);
    }
  }

  /** Makes an answer once more; the former one stays as a version. */
  regenerate(answer) {
    if (!this.isAnswering()) {
      this.#answer(this.chat, answer.parentId, emptyAnswer(), answer);
    }
  }

  /** Goes on where an answer was cut off. */
  goOn(answer) {
    if (!this.isAnswering()) {
      this.#answer(this.chat, answer.parentId, emptyAnswer(answer.text), answer);
    }
  }

  /** Puts another version of a message on screen. */
  choose(version) {
    if (!this.isAnswering()) {
      choose(this.chat, version, Date.now());
      this.#save(this.chat);
      this.#takeUp(this.chat);
      this.#fire("changed");
    }
  }

  stop() {
    const run = this.#runs.get(this.chat.id);
    if (run) {
      this.#end(run);
    }
  }

  /** Tokens that would be sent now with this draft, roughly. */
  estimatedTokens(draft) {
    const { path } = this;
    return this.#sent.tokensOf(this.systemPrompt, [...path, { role: "user", text: draft }], leftOutOf(path));
  }

  /** Tokens of this draft alone, roughly. */
  estimatedTokensOfDraft(draft) {
    return this.#sent.tokensOf(this.systemPrompt, [{ role: "user", text: draft }], 0);
  }

  #newChat() {
    return emptyChat(this.#settings.systemPrompt, Date.now());
  }

  #show(chat) {
    this.chat = chat;
    this.#takeUp(chat);
    this.#fire("opened");
  }

  /**
   * Goes on hearing what another window, or this page before it was loaded anew, has asked for; while
   * nobody looks it waits, since a browser has few connections to a server for all its windows.
   */
  #takeUp(chat) {
    const answer = pathOf(chat).at(-1);
    if (answer?.state !== "streaming" || this.#runs.has(chat.id) || document.hidden) {
      return;
    }
    if (answer.answerId) {
      this.#run(chat, answer, null, (run) => this.#hearFromServer(run, PAGE_LEFT, ASKED_ELSEWHERE_MS));
    } else {
      Object.assign(answer, { state: "failed", error: PAGE_LEFT });
    }
  }

  #askAfter(chat, parentId, text) {
    const question = append(chat, parentId, { role: "user", text }, Date.now());
    this.#answer(chat, question.id, emptyAnswer(), null);
  }

  /** @param {object|null} former the version that stays on screen if this one fails */
  #answer(chat, parentId, empty, former) {
    const answer = append(chat, parentId, { ...empty, answerId: newId() }, Date.now());
    if (former?.attempt) {
      former.attempt = null;
      touch(former, Date.now());
    }
    this.#run(chat, answer, former, (run) => this.#hearWhatFits(run));
  }

  async #run(chat, answer, former, hear) {
    const run = { chat, answer, controller: new AbortController(), stopped: false, savedAt: performance.now() };
    this.#runs.set(chat.id, run);
    this.#save(chat);
    this.#fireIn(chat, "changed");
    this.#fire("running");
    try {
      await hear(run);
    } catch (error) {
      const stopped = run.stopped || error.code === ANSWER_STOPPED;
      Object.assign(answer, stopped ? { state: "stopped" } : { state: "failed", error: { code: error.code, message: error.message } });
    }
    if (this.#runs.get(chat.id) === run) {
      this.#runs.delete(chat.id);
      this.#standBack(chat, answer, former);
      this.#save(chat, answer);
      this.#fireIn(chat, "ended", answer);
      if (chat === this.chat) {
        this.#takeUp(chat);
      }
    }
    this.#fire("running");
  }

  /** A version that came to nothing does not take the place of one that did. */
  #standBack(chat, answer, former) {
    const failed = answer.state === "failed" || broughtNothing(answer);
    const better = former && !broughtNothing(former) && (former.state !== "failed" || broughtNothing(answer));
    if (failed && better) {
      former.attempt = answer.error ?? null;
      touch(former, Date.now());
      choose(chat, former, Date.now());
      this.#fireIn(chat, "changed");
    }
  }

  async #hearWhatFits(run) {
    const { chat, answer } = run;
    const before = pathTo(chat, answer.parentId);
    const path = answer.before ? [...before, answer] : before;
    let start = this.#sent.startThatFits(chat.systemPrompt, path, leftOutOf(before));
    for (;;) {
      this.#sendFrom(chat, answer, path, start);
      const messages = messagesToSend(path, start, chat.systemPrompt);
      try {
        await this.#hear(run, messages);
        this.#sent.learn(messages, answer.stats.usage?.prompt_tokens ?? 0);
        return;
      } catch (error) {
        const next = error.code === TOO_LONG && answer.stats.events === 0 ? this.#sent.startAfterRefusal(path, start) : null;
        if (next === null) {
          throw error;
        }
        start = next;
        answer.answerId = newId(); // The server knows the one before as refused.
      }
    }
  }

  /** Hears an answer come; when the connection breaks it is taken up where it is. */
  async #hear(run, messages) {
    const { answer, controller } = run;
    const request = {
      model: this.model?.id ?? "default",
      messages,
      answer_id: answer.answerId,
      ...(answer.before ? { continue_final_message: true } : {}),
      ...this.#settings.sampling,
    };
    try {
      await this.#hearChunks(run, chatChunks(request, controller.signal));
    } catch (error) {
      if (error.code !== CONNECTION_LOST || run.stopped) {
        throw error;
      }
      await pause(AFTER_LOSS_MS[0], controller.signal);
      await this.#hearFromServer(run, error);
    }
  }

  /**
   * Hears an answer from the beginning that the server is making or has just made.
   *
   * @param {{code: string, message: string}} gone what is the matter when the server does not have it
   * @param {number} [againMs] when to ask once more for one that it does not have
   */
  async #hearFromServer(run, gone, againMs) {
    const { signal } = run.controller;
    for (let lost = 0; ; ) {
      const before = run.answer.text.length;
      try {
        return await this.#hearChunks(run, answerChunks(run.answer.answerId, signal));
      } catch (error) {
        if (error.code === UNKNOWN_ANSWER && againMs === undefined) {
          throw gone;
        }
        lost = run.answer.text.length > before ? 0 : lost + 1;
        const canCome = error.code === UNKNOWN_ANSWER || (error.code === CONNECTION_LOST && lost < AFTER_LOSS_MS.length);
        if (run.stopped || !canCome) {
          throw error;
        }
        await pause(error.code === UNKNOWN_ANSWER ? againMs : AFTER_LOSS_MS[lost], signal);
        againMs = error.code === UNKNOWN_ANSWER ? undefined : againMs;
      }
    }
  }

  #hearChunks(run, chunks) {
    return hearAnswer(chunks, run.answer, () => this.#progress(run));
  }

  #sendFrom(chat, answer, path, start) {
    const sentFrom = start > 0 ? path[start].id : undefined;
    if (sentFrom !== answer.sentFrom) {
      answer.sentFrom = sentFrom;
      this.#fireIn(chat, "context");
    }
  }

  #progress(run) {
    this.#fireIn(run.chat, "progress", run.answer);
    if (performance.now() - run.savedAt >= SAVE_EVERY_MS) {
      run.savedAt = performance.now();
      this.#save(run.chat, run.answer);
    }
  }

  #end(run) {
    run.stopped = true;
    stopAnswer(run.answer.answerId);
    run.controller.abort();
  }

  /** What is being made goes on without this page; what came of it so far is kept. */
  #leave() {
    const runs = [...this.#runs.values()];
    runs.forEach(({ answer }) => touch(answer, Date.now()));
    this.#chats.leave(runs.map(({ chat }) => chat));
  }

  async #save(chat, answer) {
    const now = Date.now();
    chat.updatedMs = now;
    if (answer) {
      touch(answer, now);
    }
    const kept = await this.#chats.save(chat);
    if (kept) {
      this.#mergeIntoShown(kept);
    }
  }

  async #hearOfOtherWindow(id) {
    if (id === this.chat.id || this.#runs.has(id)) {
      const kept = await this.#chats.get(id);
      if (kept) {
        this.#mergeIntoShown(kept);
      }
    }
  }

  #mergeIntoShown(kept) {
    const run = this.#runs.get(kept.id);
    const chat = run?.chat ?? (this.chat.id === kept.id ? this.chat : null);
    if (chat && mergeInto(chat, kept, run?.answer)) {
      this.#takeUp(chat);
      this.#fireIn(chat, "changed");
    }
  }

  /** A chat is gone, here or in another window, and with it what is being made in it. */
  #forget(id) {
    const run = this.#runs.get(id);
    if (run) {
      this.#runs.delete(id);
      run.answer.state = "stopped";
      this.#end(run);
    }
    if (this.chat.id === id) {
      this.create();
    }
  }

  #fireIn(chat, name, message) {
    if (chat === this.chat) {
      this.#fire(name, message);
    }
  }

  #fire(name, message) {
    this.dispatchEvent(new CustomEvent(name, { detail: message }));
  }
}

/** Waits, but no longer than until the signal. */
function pause(ms, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
  });
}
