package io.edgeshard.web.openai.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeshard.web.error.ApiException;
import io.edgeshard.web.generation.GenerationRequest.Chat;
import io.edgeshard.web.generation.GenerationRequest.Message;
import io.edgeshard.web.json.JsonFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the messages of a chat: text, or parts that are all text. */
final class ChatMessages {
  /** Roles to what the chat template calls them. */
  private static final Map<String, String> ROLES =
      Map.of("system", "system", "developer", "system", "user", "user", "assistant", "assistant");

  private ChatMessages() {}

  /** The chat of a body. */
  static Chat read(JsonFields body) {
    JsonNode messages =
        body.value("messages")
            .orElseThrow(
                () ->
                    ApiException.invalid(
                        "messages", "expected messages to be a list of messages, found nothing"));
    if (!messages.isArray() || messages.isEmpty()) {
      throw JsonFields.wrong("messages", "a list of at least one message", messages);
    }
    List<Message> read = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      read.add(message(JsonFields.object("messages[" + i + "]", messages.get(i))));
    }
    boolean continuesLast = body.flag("continue_final_message", false);
    if (continuesLast && !read.get(read.size() - 1).role().equals("assistant")) {
      throw ApiException.invalid(
          "continue_final_message",
          "expected continue_final_message only where the last message is the assistant's, found"
              + " it after another's");
    }
    return new Chat(read, continuesLast);
  }

  private static Message message(JsonFields fields) {
    return new Message(role(fields), content(fields));
  }

  private static String role(JsonFields fields) {
    String role =
        fields
            .text("role")
            .orElseThrow(
                () ->
                    ApiException.invalid(
                        fields.path("role"),
                        "expected " + fields.path("role") + " to be a string, found nothing"));
    String known = ROLES.get(role);
    if (known == null) {
      throw ApiException.invalid(
          fields.path("role"),
          "expected "
              + fields.path("role")
              + " to be system, developer, user or assistant (tools are not supported here), found"
              + " another");
    }
    return known;
  }

  private static String content(JsonFields fields) {
    for (String name : List.of("tool_calls", "function_call", "audio")) {
      if (fields.value(name).filter(value -> !value.isEmpty()).isPresent()) {
        throw ApiException.invalid(
            fields.path(name),
            "unsupported_parameter",
            fields.path(name) + " is not supported here: send messages of text only");
      }
    }
    String path = fields.path("content");
    JsonNode content =
        fields
            .value("content")
            .orElseThrow(
                () ->
                    ApiException.invalid(
                        path, "expected " + path + " to be text or text parts, found nothing"));
    if (content.isTextual()) {
      return JsonFields.text(path, content);
    }
    if (!content.isArray() || content.isEmpty()) {
      throw JsonFields.wrong(path, "text or a list of text parts", content);
    }
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < content.size(); i++) {
      parts.add(part(JsonFields.object(path + "[" + i + "]", content.get(i))));
    }
    return String.join("\n", parts);
  }

  private static String part(JsonFields part) {
    if (!part.text("type").orElse("").equals("text")) {
      throw ApiException.invalid(
          part.path("type"),
          "unsupported_content",
          "expected "
              + part.path("type")
              + " to be \"text\" (images, audio and files are not supported here), found another");
    }
    return part.text("text")
        .orElseThrow(
            () ->
                ApiException.invalid(
                    part.path("text"),
                    "expected " + part.path("text") + " to be a string, found nothing"));
  }
}
