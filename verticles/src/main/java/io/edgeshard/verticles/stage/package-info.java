/**
 * A shard at work: steps come in over the bus, hidden states go to the next stage, tokens to the
 * source.
 *
 * <p>{@link io.edgeshard.verticles.stage.StageVerticle} decodes and replies on its event loop;
 * {@link io.edgeshard.verticles.stage.StageHost} owns the one thread on which the shard is loaded,
 * run and closed; {@link io.edgeshard.verticles.stage.StageRunner} runs the steps of one shard,
 * fairly.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles.stage;
