package io.edgeshard.verticles.pipeline;

import io.edgeshard.runtime.sampling.SamplingParameters;
import io.edgeshard.web.generation.GenerationEvent.Failed;
import io.edgeshard.web.generation.GenerationEvent.Finished;
import io.edgeshard.web.generation.GenerationRefusedException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Set;

/**
 * A first request through all stages of a plan, before anybody else's: a prefill chunk and two
 * decode steps. It also opens every connection on the way, which would cost the first client a
 * moment.
 */
final class SelfCheck {
  private static final String PROMPT = "Hello";
  private static final int TOKENS = 3;

  private SelfCheck() {}

  /** Completes when the answer has come; fails with what went wrong. */
  static Future<Object> run(Pipeline pipeline, ServingModel model) {
    Promise<Object> answered = Promise.promise();
    SequenceSpec spec =
        new SequenceSpec(
            model.tokenizer().encode(PROMPT, true), TOKENS, Set.of(), SamplingParameters.greedy());
    try {
      pipeline.submit(
          spec,
          new AnswerText(model.tokenizer(), spec.promptIds(), List.of(), false),
          event -> {
            if (event instanceof Failed failed) {
              answered.fail("the first request through all stages failed: " + failed.message());
            } else if (event instanceof Finished finished) {
              answered.complete(finished.usage());
            }
          });
    } catch (GenerationRefusedException refused) {
      answered.fail(refused);
    }
    return answered.future();
  }
}
