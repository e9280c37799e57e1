package io.edgeshard.runtime.chat;

import io.edgeshard.runtime.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Chats to token ids. The template's own markers become control tokens; what stands in a message is
 * text, whatever it looks like, so that nobody can write a turn that is not theirs. Thread-safe.
 */
public final class ChatEncoder {
  private static final List<ChatTurn> SAMPLE = List.of(new ChatTurn("user", "a"));

  /**
   * Stands for the last turn's text while it is rendered. A noncharacter, of no use in any text.
   */
  private static final String END = "\uFDD1";

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
    return tokenizer.encode(template.render(quoted(turns)), false);
  }

  /**
   * The same, ready for the model to go on with the last turn, which is its own: what the template
   * would write behind that turn is left out.
   *
   * @throws ChatRefusedException when the template does not take such a chat
   * @throws io.edgeshard.runtime.ModelException when the template cannot be run
   */
  public int[] encodeContinued(List<ChatTurn> turns) {
    List<ChatTurn> quoted = new ArrayList<>(quoted(turns));
    ChatTurn last = quoted.remove(quoted.size() - 1);
    quoted.add(new ChatTurn(last.role(), END));
    String rendered = template.render(quoted);
    int end = rendered.lastIndexOf(END);
    if (end < 0) {
      throw new ChatRefusedException(
          "expected a chat template that writes the last turn of the "
              + last.role()
              + ", found one that leaves it out: it cannot be continued");
    }
    return tokenizer.encode(rendered.substring(0, end) + last.content(), false);
  }

  private List<ChatTurn> quoted(List<ChatTurn> turns) {
    return turns.stream()
        .map(turn -> new ChatTurn(asText.apply(turn.role()), asText.apply(turn.content())))
        .toList();
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
