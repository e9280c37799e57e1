/**
 * Plans for people: what is in force, what would be if, and a cluster that is only described.
 *
 * <p>Turns the planner's values into {@code web.plan}'s and back: {@link
 * io.edgeshard.verticles.planning.PlanViews} shows a plan, {@link
 * io.edgeshard.verticles.planning.WhatIfs} changes a question, {@link
 * io.edgeshard.verticles.planning.PlanDesk} answers the page and the API. Puts nothing in force:
 * that is placement's. Must not import Vert.x. Called from event loops and from the command line.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles.planning;
