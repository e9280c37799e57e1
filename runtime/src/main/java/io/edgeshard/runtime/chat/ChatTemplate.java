package io.edgeshard.runtime.chat;

import io.edgeshard.runtime.chat.jinja.JinjaTemplate;
import io.edgeshard.runtime.chat.jinja.RaisedException;
import io.edgeshard.runtime.checkpoint.Metadata;
import java.time.Clock;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a model wants a chat to be written: the Jinja template that came with it. Thread-safe. */
public final class ChatTemplate {
  private static final String TEMPLATE = "tokenizer.chat_template";
  private static final String TOKENS = "tokenizer.ggml.tokens";

  private final JinjaTemplate template;
  private final String beginningToken;
  private final String endToken;

  private ChatTemplate(JinjaTemplate template, String beginningToken, String endToken) {
    this.template = template;
    this.beginningToken = beginningToken;
    this.endToken = endToken;
  }

  /** The template of a checkpoint; empty for one that has none and can only complete texts. */
  public static Optional<ChatTemplate> from(Metadata metadata) {
    return from(metadata, Clock.system(ZoneId.systemDefault()));
  }

  /** The same by another clock, which some templates tell the date of. */
  public static Optional<ChatTemplate> from(Metadata metadata, Clock clock) {
    return metadata
        .string(TEMPLATE)
        .filter(source -> !source.isBlank())
        .map(
            source ->
                new ChatTemplate(
                    new JinjaTemplate(source, JinjaTemplate.Limits.GENEROUS, clock),
                    token(metadata, "tokenizer.ggml.bos_token_id"),
                    token(metadata, "tokenizer.ggml.eos_token_id")));
  }

  private static String token(Metadata metadata, String key) {
    List<String> tokens = metadata.strings(TOKENS).orElse(List.of());
    return metadata
        .integer(key)
        .filter(id -> id >= 0 && id < tokens.size())
        .map(id -> tokens.get(id.intValue()))
        .orElse("");
  }

  /**
   * The text of a chat, ready for the model to add its answer.
   *
   * @throws ChatRefusedException when the template does not take such a chat
   * @throws io.edgeshard.runtime.ModelException when the template cannot be run
   */
  public String render(List<ChatTurn> turns) {
    Map<String, Object> variables = new HashMap<>();
    variables.put("messages", turns.stream().map(ChatTemplate::message).toList());
    variables.put("add_generation_prompt", true);
    variables.put("bos_token", beginningToken);
    variables.put("eos_token", endToken);
    try {
      return template.render(variables);
    } catch (RaisedException e) {
      throw new ChatRefusedException(e.reason(), e);
    }
  }

  private static Map<String, String> message(ChatTurn turn) {
    return Map.of("role", turn.role(), "content", turn.content());
  }
}
