package io.edgeshard.verticles.pipeline.request;

import io.edgeshard.runtime.chat.ChatEncoder;
import io.edgeshard.runtime.tokenizer.Tokenizer;
import io.edgeshard.web.generation.ServedModel;
import java.util.Optional;

/**
 * What the source needs of the model to turn requests into tokens and tokens into text.
 *
 * @param served its name and context, as clients see them
 * @param tokenizer text to ids and back
 * @param chats messages to ids; empty for a model that is none for chats
 */
public record ServingModel(ServedModel served, Tokenizer tokenizer, Optional<ChatEncoder> chats) {}
