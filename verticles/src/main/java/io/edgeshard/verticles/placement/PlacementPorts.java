package io.edgeshard.verticles.placement;

import io.edgeshard.verticles.pipeline.PlanSwitch;
import io.edgeshard.verticles.profile.schedule.Measuring;
import java.util.function.LongSupplier;

/**
 * What a placement acts with.
 *
 * @param loading makes nodes load
 * @param planSwitch puts a plan in force
 * @param measuring makes nodes measure
 * @param epochMillis wall clock: plan ids grow with it, over restarts too
 */
record PlacementPorts(
    ShardLoading loading, PlanSwitch planSwitch, Measuring measuring, LongSupplier epochMillis) {}
