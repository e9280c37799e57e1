package io.edgeshard.runtime.chat;

import io.edgeshard.runtime.tokenizer.Tokenizer;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Chats to token ids. The template's own markers become control tokens; what stands in a message is
 * text, whatever it looks like, so that nobody can write a turn that is not theirs. Thread-safe.
 */
public final class ChatEncoder {
  private static final List<ChatTurn> SAMPLE = List.of(new ChatTurn("user", "a"));

  private final ChatTemplate template;
  private final Tokenizer tokenizer;
  private final UnaryOperator<String> asText;

  public ChatEncoder(ChatTemplate template, Tokenizer tokenizer) {
    this.template = template;
    this.tokenizer = tokenizer;
    this.asText = tokenizer.quoting(markers(template, tokenizer));
  }

  /**
   * The ids of a chat, ready for the model to add its answer.
   *
   * @throws ChatRefusedException when the template does not take such a chat
   * @throws io.edgeshard.runtime.ModelException when the template cannot be run
   */
  public int[] encode(List<ChatTurn> turns) {
    List<ChatTurn> quoted =
        turns.stream()
            .map(turn -> new ChatTurn(asText.apply(turn.role()), asText.apply(turn.content())))
            .toList();
    return tokenizer.encode(template.render(quoted), false);
  }

  /**
   * Some models write their turns with added tokens that they do not call control tokens: a sample
   * shows which.
   */
  private static Set<Integer> markers(ChatTemplate template, Tokenizer tokenizer) {
    try {
      return tokenizer.markersIn(template.render(SAMPLE));
    } catch (ChatRefusedException otherTurnsWanted) {
      return Set.of();
    }
  }
}
