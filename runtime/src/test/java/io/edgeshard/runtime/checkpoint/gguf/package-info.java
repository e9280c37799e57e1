/** Tests of reading the GGUF format. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.runtime.checkpoint.gguf;
