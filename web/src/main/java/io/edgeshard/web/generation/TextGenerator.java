package io.edgeshard.web.generation;

import io.vertx.core.Future;
import java.util.List;

/** Makes text. Called on an event loop; calls its listeners back on the caller's context. */
public interface TextGenerator {
  /** The models that can be asked for; the first is the default. Empty while none is known. */
  List<ServedModel> models();

  /**
   * Admits a request and begins to answer it.
   *
   * @return completes when the request is admitted, before the first event; fails with {@link
   *     GenerationRefusedException} when it is not
   */
  Future<Generation> generate(GenerationRequest request, GenerationListener listener);
}
