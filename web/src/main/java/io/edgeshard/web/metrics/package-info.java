/**
 * What is measured, under names that Prometheus reads. {@link
 * io.edgeshard.web.metrics.GenerationMetrics} lists them all; {@code status} serves them at {@code
 * /metrics}, and the modules that run stages record theirs here too.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.web.metrics;
