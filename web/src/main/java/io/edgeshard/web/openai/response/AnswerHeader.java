package io.edgeshard.web.openai.response;

/**
 * What all parts of an answer have in common.
 *
 * @param id of the answer
 * @param createdSeconds when it was begun, in seconds since 1970
 * @param model who answers
 */
public record AnswerHeader(String id, long createdSeconds, String model) {}
