/** Tests of the tokenizer: reference texts, both families of vocabularies, streamed text. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.runtime.tokenizer;
