/**
 * A request on its way, seen from the source: prompt to token ids ({@code request}), steps to the
 * stages of the plan in force ({@code plan}), tokens back, text out.
 *
 * <p>{@link io.edgeshard.verticles.pipeline.PipelineTextGenerator} implements web's port; {@link
 * io.edgeshard.verticles.pipeline.Pipeline} admits, opens and follows sequences under the plan in
 * force; {@link io.edgeshard.verticles.pipeline.SequenceRun} is one of them, from prefill through
 * decode to its end. Everything runs on the event loop of {@link
 * io.edgeshard.verticles.pipeline.PipelineVerticle}, except encoding prompts.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles.pipeline;
