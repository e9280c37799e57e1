import { fetchWithKey } from "./api-key.js";
import { serverSentEvents } from "./sse.js";

/** What is said when no answer came. */
export const LOST = "The connection to the server was lost.";
const STOP_AGAIN_AFTER_MS = 1000;
/** The server says something at least every 15 s. */
const SILENT_MS = 45_000;
export const CONNECTION_LOST = "connection_lost";
export const UNKNOWN_ANSWER = "unknown_answer";
export const ANSWER_STOPPED = "answer_stopped";

/** Something the server refused, or that broke on the way; the message is for people. */
export class ApiError extends Error {
  /**
   * @param {string} message one sentence
   * @param {string} code for programs
   */
  constructor(message, code) {
    super(message);
    this.code = code;
  }
}

/** The models that are served; the first is the default. */
export async function models() {
  const response = await fetchWithKey("/v1/models", { cache: "no-store" });
  if (!response.ok) {
    throw await refusal(response);
  }
  return (await response.json()).data;
}

/**
 * Asks for an answer and hears it come.
 *
 * @param {object} request a chat completion request without its streaming fields
 * @param {AbortSignal} signal stops listening
 * @yields {object} chunks as the server sends them
 * @throws {ApiError} when it is refused or breaks off
 */
export function chatChunks(request, signal) {
  return chunksOf("/v1/chat/completions", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ ...request, stream: true, return_progress: true, stream_options: { include_usage: true } }),
    signal,
  });
}

/** Hears an answer from its beginning that was asked for under this id; the server keeps it for a minute. */
export function answerChunks(id, signal) {
  return chunksOf(pathOf(id), { cache: "no-store", signal });
}

/** Ends an answer on the server; once more where it came before the request, or did not arrive. */
export async function stopAnswer(id) {
  for (const ms of [0, STOP_AGAIN_AFTER_MS]) {
    await new Promise((resolve) => setTimeout(resolve, ms));
    try {
      const response = await fetchWithKey(pathOf(id), { method: "DELETE", keepalive: true });
      if (response.status !== 404) {
        return;
      }
    } catch {
      // Tried once more.
    }
  }
}

function pathOf(id) {
  return `/v1/answers/${encodeURIComponent(id)}`;
}

async function* chunksOf(path, options) {
  const response = await sent(path, options);
  if (!response.ok) {
    throw await refusal(response);
  }
  try {
    for await (const { data } of serverSentEvents(response.body, SILENT_MS)) {
      if (data === "[DONE]") {
        return;
      }
      const chunk = JSON.parse(data);
      if (chunk.error) {
        throw new ApiError(chunk.error.message, chunk.error.code);
      }
      yield chunk;
    }
  } catch (error) {
    throw asApiError(error, options.signal);
  }
  throw new ApiError(LOST, CONNECTION_LOST);
}

async function sent(path, options) {
  try {
    return await fetchWithKey(path, options);
  } catch (error) {
    throw asApiError(error, options.signal);
  }
}

function asApiError(error, signal) {
  return signal.aborted || error instanceof ApiError ? error : new ApiError(LOST, CONNECTION_LOST);
}

/** The sentence of an answer that is an error. */
export async function refusal(response) {
  try {
    const { error } = await response.json();
    return new ApiError(error.message, error.code ?? String(response.status));
  } catch {
    // A proxy that does not reach the server.
    const code = response.status >= 502 && response.status <= 504 ? CONNECTION_LOST : String(response.status);
    return new ApiError(`The server answered with status ${response.status}.`, code);
  }
}
