import { fetchWithKey } from "../api-key.js";
import { ApiError, LOST, refusal } from "../api.js";

const PATIENCE_MS = 30_000;

/** The plan in force with its explanation. */
export const currentPlan = () => ask("/cluster/plan");

/** Names of the devices that could be added. */
export const deviceNames = async () => (await ask("/cluster/devices")).devices;

/** Names of the models that could be split. */
export const modelNames = async () => (await ask("/cluster/models")).models;

/** The plan that would be made after a change; nothing is put in force. */
export const whatIf = (change, signal) => order("/cluster/what-if", change, signal);

/** Measures nodes and links anew. @return {Promise<{state: string}>} `begun` or `waiting` */
export const measureAgain = () => order("/cluster/profile", {});

/** Plans again with what is known. @return {Promise<{state: string}>} `begun` or `waiting` */
export const planAgain = () => order("/cluster/plan", {});

function order(path, body, signal) {
  return ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }, signal);
}

/** @throws {ApiError} whatever went wrong, unless the caller ended it */
async function ask(path, options = {}, signal = undefined) {
  const limit = AbortSignal.timeout(PATIENCE_MS);
  let response;
  try {
    response = await fetchWithKey(path, { cache: "no-store", ...options, signal: signal ? AbortSignal.any([signal, limit]) : limit });
    if (response.ok) {
      return await response.json();
    }
  } catch (error) {
    throw signal?.aborted ? error : new ApiError(LOST, "connection_lost");
  }
  throw await refusal(response);
}
