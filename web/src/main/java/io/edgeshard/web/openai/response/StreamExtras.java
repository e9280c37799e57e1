package io.edgeshard.web.openai.response;

/**
 * What a client wants of a stream besides the answer.
 *
 * @param usage a last chunk that counts tokens
 * @param progress chunks that say how much of the prompt is computed, as llama.cpp's server has
 *     them
 */
public record StreamExtras(boolean usage, boolean progress) {}
