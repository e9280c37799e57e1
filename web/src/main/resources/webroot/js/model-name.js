import { models } from "./api.js";

/** Asks once for each model that the cluster comes to serve which name, context and sampling it has. */
export class ModelName {
  #session;
  #element;
  #asked = null;

  constructor(session, element) {
    this.#session = session;
    this.#element = element;
  }

  /** @param {ClusterFeed} feed */
  async show({ status, connected }) {
    const wanted = connected && status.ready ? status.model : null;
    if (wanted === null || wanted === this.#asked) {
      return;
    }
    this.#asked = wanted;
    try {
      const [model] = await models();
      this.#session.model = model ? { id: model.id, contextTokens: model.context_length ?? null, sampling: model.sampling_defaults ?? {} } : null;
      this.#element.textContent = model?.id ?? "";
    } catch {
      this.#asked = null;
    }
  }
}
