/**
 * The plan as people are shown it, by page, terminal and JSON: who runs what, what that was
 * predicted to give and gave, who was left out and why, and what would be if. {@link
 * io.edgeshard.web.plan.PlanSource} is the port behind which {@code verticles} plans; {@link
 * io.edgeshard.web.plan.PlanView} is the JSON's shape, {@link io.edgeshard.web.plan.PlanRoutes}
 * what clients ask.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.web.plan;
