/** A model on disk: facts, tensors (memory-mapped slices), tokenizer tables, chat template. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.runtime.checkpoint;
