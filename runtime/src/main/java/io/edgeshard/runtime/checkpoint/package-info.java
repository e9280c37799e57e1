/**
 * A model on disk: facts, tensors (memory-mapped slices), tokenizer tables, chat template.
 *
 * <p>The types here are what the other packages see; {@code gguf} reads the format and {@code
 * llama} makes a model's facts of it.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.runtime.checkpoint;
