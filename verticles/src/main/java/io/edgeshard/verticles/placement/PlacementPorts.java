package io.edgeshard.verticles.placement;

import io.edgeshard.planner.PlanningResult;
import io.edgeshard.verticles.pipeline.PlanSwitch;
import io.edgeshard.verticles.placement.task.PlanQuestion;
import io.edgeshard.verticles.profile.schedule.Measuring;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What a placement acts with.
 *
 * @param planning asks the planner, which may take seconds for many nodes; answers on the
 *     placement's event loop
 * @param loading makes nodes load
 * @param planSwitch puts a plan in force
 * @param measuring makes nodes measure
 * @param epochMillis wall clock: plan ids grow with it, over restarts too
 */
record PlacementPorts(
    Function<PlanQuestion, CompletionStage<PlanningResult>> planning,
    ShardLoading loading,
    PlanSwitch planSwitch,
    Measuring measuring,
    LongSupplier epochMillis) {}
