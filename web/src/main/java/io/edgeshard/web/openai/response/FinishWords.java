package io.edgeshard.web.openai.response;

import io.edgeshard.web.generation.GenerationEvent.FinishReason;

/** Why an answer ended, as OpenAI says it. */
final class FinishWords {
  private FinishWords() {}

  static String of(FinishReason reason) {
    return switch (reason) {
      case STOP -> "stop";
      case LENGTH -> "length";
    };
  }
}
