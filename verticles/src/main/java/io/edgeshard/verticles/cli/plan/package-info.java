/**
 * The commands about plans: what is in force, what nodes and links were measured to be, what would
 * be if, and what the paper's plans come to.
 *
 * <p>{@code PlanCommand} and {@code ProfileCommand} ask a node over HTTP or read a cluster file;
 * {@link io.edgeshard.verticles.cli.plan.PlanWords} and what is beside it say a {@code PlanView} in
 * tables; {@code PaperCommand} writes the report. Knows no other command. Called from the command
 * line's thread.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles.cli.plan;
