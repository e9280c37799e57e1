package io.edgeshard.web.openai.request;

import io.edgeshard.web.generation.GenerationRequest;
import io.edgeshard.web.generation.ServedModel;
import io.edgeshard.web.openai.response.StreamExtras;
import java.util.List;
import java.util.Optional;

/**
 * What a request of the OpenAI dialect asks for.
 *
 * @param model who answers
 * @param prompts what is to be answered, one choice each
 * @param stream whether the answer is wanted as events
 * @param answerId under which the client may take up those events again
 * @param extras what is wanted of the stream besides
 */
public record ApiRequest(
    ServedModel model,
    List<GenerationRequest> prompts,
    boolean stream,
    Optional<String> answerId,
    StreamExtras extras) {
  public ApiRequest {
    prompts = List.copyOf(prompts);
  }
}
