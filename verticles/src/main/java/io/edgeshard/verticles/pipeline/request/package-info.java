/**
 * A request in terms of the model: prompt to token ids and limits, and the answer's tokens to text.
 *
 * <p>Knows the model and web's requests, no plan, stage or bus.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles.pipeline.request;
