/**
 * Text to token ids and back. {@link io.edgeshard.runtime.tokenizer.GgufTokenizer} writes a
 * checkpoint's tables, which {@code tokenizer.model} reads, for the library that encodes; {@link
 * io.edgeshard.runtime.tokenizer.IncrementalDecoder} gives whole UTF-8 only, and stop strings end
 * an answer.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.runtime.tokenizer;
