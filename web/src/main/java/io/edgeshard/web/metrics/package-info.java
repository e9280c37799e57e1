/** What is measured, under names that Prometheus reads. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.web.metrics;
