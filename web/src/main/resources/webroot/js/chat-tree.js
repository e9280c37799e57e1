/**
 * What a chat is: a tree of messages. The children of one message are versions of what comes next:
 * answers made anew, questions written anew. Nothing is ever taken out of it, so that two windows
 * that write to one chat can always be put together again.
 *
 * A chat has `id`, `title` with `titledMs`, `systemPrompt` with `promptedMs`, `updatedMs` and
 * `messages`. A message has `id`, `parentId` (null for the first), `role`, `text`, `changedMs` and
 * `chosenMs` (of the versions the one chosen last is on screen); an answer has also `state`
 * (`streaming`, `complete`, `stopped`, `failed`), `stats`, `finish`, `error`, `attempt` (why another
 * version came to nothing), `answerId` (its name on the server), `before` (the text that it goes on from) and `sentFrom` (the message with which that
 * what was sent began).
 */

const FINAL = new Set(["complete", "stopped"]);

/** Not crypto.randomUUID, which a page that came over plain HTTP from another machine lacks. */
export function newId() {
  const random = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function emptyChat(systemPrompt, nowMs) {
  return { id: newId(), title: "", titledMs: 0, systemPrompt, promptedMs: nowMs, updatedMs: nowMs, messages: [] };
}

/** The messages on screen, oldest first: of each message's versions the one chosen last. */
export function pathOf({ messages }) {
  const chosen = new Map();
  for (const message of messages) {
    const other = chosen.get(message.parentId);
    if (!other || isLater(message, other)) {
      chosen.set(message.parentId, message);
    }
  }
  const path = [];
  for (let next = chosen.get(null); next && path.length < messages.length; next = chosen.get(next.id)) {
    path.push(next);
  }
  return path;
}

/**
 * All versions of a message, in the order in which they were made. An attempt that brought nothing
 * is none, unless the chat went on from there.
 */
export function versionsOf({ messages }, message) {
  const wentOn = new Set(messages.map(({ parentId }) => parentId));
  return messages.filter((one) => one.parentId === message.parentId && (one === message || wentOn.has(one.id) || !broughtNothing(one)));
}

/** Whether an answer has ended without any text of its own. */
export function broughtNothing({ state, text, before = "" }) {
  return (state === "failed" || state === "stopped") && text === before;
}

/** The messages before one, oldest first. */
export function pathTo(chat, parentId) {
  const byId = new Map(chat.messages.map((message) => [message.id, message]));
  const path = [];
  for (let at = byId.get(parentId); at && path.length < byId.size; at = byId.get(at.parentId)) {
    path.unshift(at);
  }
  return path;
}

/** Puts a message behind another one and on screen. */
export function append(chat, parentId, message, nowMs) {
  const added = { id: newId(), parentId, changedMs: nowMs, chosenMs: 0, ...message };
  chat.messages.push(added);
  choose(chat, added, nowMs);
  return added;
}

/** Puts a version on screen. */
export function choose(chat, message, nowMs) {
  const latest = Math.max(0, ...chat.messages.filter(({ parentId }) => parentId === message.parentId).map(({ chosenMs }) => chosenMs));
  message.chosenMs = Math.max(nowMs, latest + 1);
}

/** How many of the first messages of a path are not sent any more. */
export function leftOutOf(path) {
  const starts = path.map(({ sentFrom }) => (sentFrom ? path.findIndex(({ id }) => id === sentFrom) : 0));
  return Math.max(0, ...starts);
}

/**
 * Takes into a chat what another writing of it has: all messages of both; of one message what is
 * final, else what was changed later.
 *
 * @param {object} [being] a message that is being made here, which nobody else knows better
 * @return {boolean} whether that changed it
 */
export function mergeInto(chat, other, being) {
  const before = JSON.stringify(chat);
  const own = new Map(chat.messages.map((message) => [message.id, message]));
  for (const message of other.messages) {
    const mine = own.get(message.id);
    if (mine && mine === being) {
      continue;
    }
    if (!mine) {
      chat.messages.push({ ...message });
    } else {
      const chosenMs = Math.max(mine.chosenMs, message.chosenMs);
      Object.assign(mine, isFurther(message, mine) ? message : {}, { chosenMs });
    }
  }
  if (other.titledMs > chat.titledMs || !chat.title) {
    Object.assign(chat, { title: other.title, titledMs: other.titledMs });
  }
  if (other.promptedMs > chat.promptedMs) {
    Object.assign(chat, { systemPrompt: other.systemPrompt, promptedMs: other.promptedMs });
  }
  chat.updatedMs = Math.max(chat.updatedMs, other.updatedMs);
  return JSON.stringify(chat) !== before;
}

/** A chat as earlier releases kept it: a list of messages, of which the first `leftOut` were not sent. */
export function asTree(old, systemPrompt) {
  const messages = [];
  for (const [index, message] of old.messages.entries()) {
    const at = old.updatedMs - old.messages.length + index;
    messages.push({ ...message, id: `${old.id}-${index}`, parentId: messages.at(-1)?.id ?? null, changedMs: at, chosenMs: at });
  }
  const last = messages.findLast(({ role }) => role === "assistant");
  if (last && old.leftOut > 0) {
    last.sentFrom = messages[old.leftOut]?.id;
  }
  return { id: old.id, title: old.title, titledMs: 0, systemPrompt, promptedMs: 0, updatedMs: old.updatedMs, messages };
}

/** Marks a change; later than any before, whatever the clock does. */
export function touch(message, nowMs) {
  message.changedMs = Math.max(nowMs, message.changedMs + 1);
}

function isLater(one, other) {
  return one.chosenMs !== other.chosenMs ? one.chosenMs > other.chosenMs : one.id > other.id;
}

function isFurther(one, other) {
  const final = Number(FINAL.has(one.state)) - Number(FINAL.has(other.state));
  return final !== 0 ? final > 0 : one.changedMs > other.changedMs;
}
