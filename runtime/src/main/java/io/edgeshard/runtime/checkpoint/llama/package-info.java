/**
 * What a GGUF file says of a Llama-architecture model: its facts as a {@code ModelSpec}, the check
 * that it has all tensors of such a model and no others, and what its weights take. Used by {@code
 * checkpoint} only, on the thread that opens a model.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.runtime.checkpoint.llama;
