import { append, emptyChat, pathOf } from "./chat-tree.js";

const FORMAT = "edgeshard-chats";
const VERSION = 1;
const HEAD = /^<!-- chat ([0-9a-f]{8}) -->$/m;
const HEADINGS = { user: "## You", assistant: "## EdgeShard" };

/** All of some chats, every version, for this page to read again. */
export function asJson(chats) {
  return JSON.stringify({ format: FORMAT, version: VERSION, chats }, null, 1);
}

/** What is on screen of a chat, for people; a mark that stands in no message lets it be read again. */
export function asMarkdown(chat) {
  const path = pathOf(chat);
  let mark = randomMark();
  while (path.some(({ text }) => text.includes(mark))) {
    mark = randomMark();
  }
  const parts = path.map(({ role, text }) => `<!-- ${role} ${mark} -->\n${HEADINGS[role]}\n\n${text}\n`);
  return [`<!-- chat ${mark} -->\n# ${chat.title}\n`, ...parts].join("\n");
}

/**
 * Reads what was exported.
 *
 * @return {object[]} chats
 * @throws {Error} one sentence: what was expected and what was found
 */
export function chatsIn(name, text, nowMs) {
  return text.trimStart().startsWith("{") ? chatsInJson(name, text) : [chatInMarkdown(name, text, nowMs)];
}

function chatsInJson(name, text) {
  let content;
  try {
    content = JSON.parse(text);
  } catch {
    throw new Error(`Expected ${name} to hold chats that this page exported, found JSON that is cut off or damaged.`);
  }
  const { format, version, chats } = content;
  if (format !== FORMAT || !Array.isArray(chats)) {
    throw new Error(`Expected ${name} to hold chats that this page exported, found other JSON.`);
  }
  if (version !== VERSION) {
    throw new Error(`Expected version ${VERSION} of exported chats in ${name}, found ${version}: a newer EdgeShard wrote it.`);
  }
  if (!chats.every(isChat)) {
    throw new Error(`Expected every chat in ${name} to have an id, a title and messages of a role and a text, found one without.`);
  }
  return chats.map((chat) => ({ ...chat, messages: chat.messages.map(sound) }));
}

function isChat(chat) {
  const { id, title, systemPrompt, messages } = chat ?? {};
  const times = [chat?.titledMs, chat?.promptedMs, chat?.updatedMs];
  return id && [id, title, systemPrompt].every((value) => typeof value === "string") && times.every(Number.isFinite) && Array.isArray(messages) && messages.every(isMessage);
}

function isMessage(message) {
  const { id, parentId, role, text, changedMs, chosenMs, state } = message ?? {};
  const isOfRole = role === "user" || (role === "assistant" && typeof state === "string");
  return isOfRole && [id, text].every((value) => typeof value === "string") && (parentId === null || typeof parentId === "string") && [changedMs, chosenMs].every(Number.isFinite);
}

/** A file may have been written by anybody: what the page draws figures and reasons from is as it expects. */
function sound(message) {
  if (message.role === "user") {
    return message;
  }
  const { stats, error, before, state } = message;
  const { stages = [], hops = [] } = stats?.timings ?? {};
  const isDrawn = Number.isFinite(stats?.events) && [stages, hops].every((list) => Array.isArray(list) && list.every((one) => Number.isFinite(one?.ms)));
  const reason = typeof error?.message === "string" ? error : { code: "unknown", message: "The file does not say why." };
  return {
    ...message,
    // What was being made elsewhere is not being made here.
    state: state === "streaming" ? "stopped" : state,
    answerId: undefined,
    attempt: undefined,
    before: typeof before === "string" ? before : undefined,
    stats: isDrawn ? stats : { events: 0 },
    error: state === "failed" ? reason : undefined,
  };
}

function chatInMarkdown(name, text, nowMs) {
  const lines = text.split(/\r?\n/);
  const marks = Object.keys(HEADINGS).map((role) => [`<!-- ${role} ${HEAD.exec(text)?.[1]} -->`, role]);
  const roles = new Map(marks);
  const starts = lines.flatMap((line, index) => (roles.has(line) ? [index] : []));
  if (starts.length === 0) {
    throw new Error(`Expected ${name} to hold a chat that this page exported, found no message in it.`);
  }
  const chat = emptyChat("", nowMs);
  chat.title = /^# (.+)$/m.exec(lines.slice(0, starts[0]).join("\n"))?.[1] ?? name;
  let parentId = null;
  starts.forEach((start, index) => {
    const role = roles.get(lines[start]);
    // After the mark its heading, and an empty line around the text.
    const words = lines.slice(start + 3, starts[index + 1] ?? lines.length).join("\n").replace(/\n+$/, "");
    const answer = role === "assistant" ? { state: "complete", stats: { events: 0 } } : {};
    parentId = append(chat, parentId, { role, text: words, ...answer }, nowMs + index).id;
  });
  return chat;
}

function randomMark() {
  return Array.from(crypto.getRandomValues(new Uint8Array(4)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
