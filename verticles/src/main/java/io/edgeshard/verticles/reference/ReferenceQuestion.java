package io.edgeshard.verticles.reference;

/**
 * What the unsplit model and every split of it are asked.
 *
 * @param promptIds the prompt
 * @param tokenCount how many tokens of the answer
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ReferenceQuestion(int[] promptIds, int tokenCount) {}
