/**
 * The tables of a model's tokenizer, read from its metadata and written as {@code tokenizer.json}:
 * the vocabulary and the two families of pair encoding, byte-level and SentencePiece. {@link
 * io.edgeshard.runtime.tokenizer.model.TokenModel} is where to begin.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.runtime.tokenizer.model;
