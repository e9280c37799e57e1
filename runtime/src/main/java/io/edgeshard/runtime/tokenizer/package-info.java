/** Text to token ids and back; incremental decoding emits whole UTF-8 only. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.runtime.tokenizer;
