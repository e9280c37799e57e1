package io.edgeshard.web;

import io.edgeshard.web.generation.TextGenerator;
import io.edgeshard.web.metrics.GenerationMetrics;
import io.edgeshard.web.plan.PlanSource;
import io.edgeshard.web.status.ClusterStatusSource;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/**
 * What the routes are made of.
 *
 * @param generator makes text
 * @param cluster knows how the cluster is
 * @param plans knows the plan in force and makes others
 * @param metrics measures answers; records in {@code registry}
 * @param registry what {@code /metrics} shows
 */
public record ApiServices(
    TextGenerator generator,
    ClusterStatusSource cluster,
    PlanSource plans,
    GenerationMetrics metrics,
    PrometheusMeterRegistry registry) {}
