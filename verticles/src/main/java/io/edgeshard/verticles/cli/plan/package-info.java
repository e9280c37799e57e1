/**
 * The commands about plans: what is in force, what nodes and links were measured to be, what would
 * be if.
 *
 * <p>{@code PlanCommand} and {@code ProfileCommand} ask a node over HTTP or read a cluster file;
 * {@link io.edgeshard.verticles.cli.plan.PlanWords} and what is beside it say a {@code PlanView} in
 * tables. Knows no other command. Called from the command line's thread.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles.cli.plan;
