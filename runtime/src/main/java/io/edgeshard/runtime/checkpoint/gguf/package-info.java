/**
 * The GGUF format: a file's header, checked, and its tensors where they lie. Knows nothing of what
 * a model does with them; used by {@code checkpoint} and {@code checkpoint.llama} only, on the
 * thread that opens a model.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.runtime.checkpoint.gguf;
