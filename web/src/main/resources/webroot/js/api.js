import { fetchWithKey } from "./api-key.js";
import { serverSentEvents } from "./sse.js";

/** What is said when no answer came. */
export const LOST = "The connection to the server was lost.";

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
 * @param {AbortSignal} signal ends it, on the server too
 * @yields {object} chunks as the server sends them
 * @throws {ApiError} when it is refused or breaks off
 */
export async function* chatChunks(request, signal) {
  const response = await post(request, signal);
  if (!response.ok) {
    throw await refusal(response);
  }
  try {
    for await (const { data } of serverSentEvents(response.body)) {
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
    throw asApiError(error, signal);
  }
  throw new ApiError(LOST, "connection_lost");
}

async function post(request, signal) {
  try {
    return await fetchWithKey("/v1/chat/completions", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ...request, stream: true, return_progress: true, stream_options: { include_usage: true } }),
      signal,
    });
  } catch (error) {
    throw asApiError(error, signal);
  }
}

function asApiError(error, signal) {
  return signal.aborted || error instanceof ApiError ? error : new ApiError(LOST, "connection_lost");
}

/** The sentence of an answer that is an error. */
export async function refusal(response) {
  try {
    const { error } = await response.json();
    return new ApiError(error.message, error.code ?? String(response.status));
  } catch {
    return new ApiError(`The server answered with status ${response.status}.`, String(response.status));
  }
}
