package io.edgeshard.verticles.pipeline.request;

import io.edgeshard.runtime.ModelException;
import io.edgeshard.runtime.chat.ChatEncoder;
import io.edgeshard.runtime.chat.ChatRefusedException;
import io.edgeshard.runtime.chat.ChatTurn;
import io.edgeshard.runtime.sampling.SamplingParameters;
import io.edgeshard.web.generation.GenerationRefusedException;
import io.edgeshard.web.generation.GenerationRefusedException.Reason;
import io.edgeshard.web.generation.GenerationRequest;
import io.edgeshard.web.generation.GenerationRequest.Chat;
import io.edgeshard.web.generation.GenerationRequest.Text;
import io.edgeshard.web.generation.GenerationRequest.Tokens;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Requests to sequences: template, tokenizer, limits of the model. Thread-safe; may take a while.
 */
public final class RequestEncoder {
  private final ServingModel model;

  /** Encodes for {@code model}. */
  public RequestEncoder(ServingModel model) {
    this.model = model;
  }

  /**
   * What is to be run for a request.
   *
   * @throws GenerationRefusedException when the model cannot do it
   */
  public SequenceSpec encode(GenerationRequest request) {
    int[] promptIds = promptIds(request.prompt());
    int context = model.served().contextTokens();
    int room = context - promptIds.length;
    if (promptIds.length == 0) {
      throw new GenerationRefusedException(
          Reason.INVALID, "expected a prompt of at least one token, found none");
    }
    if (room < 1) {
      throw new GenerationRefusedException(
          Reason.CONTEXT_LENGTH_EXCEEDED,
          "expected a prompt of at most %d tokens (the context is %d), found %d: shorten it"
              .formatted(context - 1, context, promptIds.length));
    }
    return new SequenceSpec(
        promptIds,
        Math.min(request.maxNewTokens().orElse(room), room),
        request.ignoreEndOfAnswer() ? Set.of() : model.tokenizer().endOfAnswerIds(),
        sampling(request));
  }

  private int[] promptIds(GenerationRequest.Prompt prompt) {
    try {
      if (prompt instanceof Chat chat) {
        return promptIds(chat);
      } else if (prompt instanceof Text text) {
        return text.parseSpecial()
            ? model.tokenizer().encode(text.text(), true)
            : model.tokenizer().encodeText(text.text(), true);
      } else {
        return checked((Tokens) prompt);
      }
    } catch (ChatRefusedException | ModelException unusable) {
      throw new GenerationRefusedException(Reason.INVALID, String.valueOf(unusable.getMessage()));
    }
  }

  private int[] promptIds(Chat chat) {
    ChatEncoder encoder =
        model
            .chats()
            .orElseThrow(
                () ->
                    new ModelException(
                        "expected a model with a chat template, found none in "
                            + model.served().id()
                            + ": use /v1/completions"));
    List<ChatTurn> turns =
        chat.messages().stream()
            .map(message -> new ChatTurn(message.role(), message.text()))
            .toList();
    return chat.continuesLast() ? encoder.encodeContinued(turns) : encoder.encode(turns);
  }

  private int[] checked(Tokens tokens) {
    expectKnown("token ids", tokens.ids());
    return tokens.ids().stream().mapToInt(Integer::intValue).toArray();
  }

  private void expectKnown(String what, Collection<Integer> ids) {
    int vocabulary = model.tokenizer().vocabularySize();
    ids.stream()
        .filter(id -> id < 0 || id >= vocabulary)
        .findFirst()
        .ifPresent(
            id -> {
              throw new GenerationRefusedException(
                  Reason.INVALID,
                  "expected %s of 0 to %d, found %d".formatted(what, vocabulary - 1, id));
            });
  }

  private SamplingParameters sampling(GenerationRequest request) {
    GenerationRequest.Sampling asked = request.sampling();
    expectKnown("token ids in logit_bias", asked.logitBias().keySet());
    Map<Integer, Float> bias = new HashMap<>();
    asked.logitBias().forEach((id, value) -> bias.put(id, value.floatValue()));
    if (request.ignoreEndOfAnswer()) {
      model.tokenizer().endOfAnswerIds().forEach(id -> bias.put(id, Float.NEGATIVE_INFINITY));
    }
    try {
      return new SamplingParameters(
          asked.temperature(),
          asked.topK(),
          asked.topP(),
          asked.minP(),
          asked.repetitionPenalty(),
          asked.repetitionWindow(),
          asked.frequencyPenalty(),
          asked.presencePenalty(),
          bias,
          asked.seed().orElseGet(() -> ThreadLocalRandom.current().nextLong()),
          asked.topLogProbabilities());
    } catch (IllegalArgumentException absurd) {
      throw new GenerationRefusedException(Reason.INVALID, String.valueOf(absurd.getMessage()));
    }
  }
}
