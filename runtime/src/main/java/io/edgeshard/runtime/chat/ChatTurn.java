package io.edgeshard.runtime.chat;

/**
 * One message of a chat.
 *
 * @param role {@code system}, {@code user}, {@code assistant}, …
 * @param content its text
 */
public record ChatTurn(String role, String content) {}
