/**
 * The paper's tables and figures beside our figures, as one HTML page and as JSON.
 *
 * <p>Owns the comparison and how it is drawn. What the paper prints is {@code printed}'s, the
 * figures to compare come from {@code planner.paper}; {@link
 * io.edgeshard.verticles.report.PaperReport} sets them side by side, {@link
 * io.edgeshard.verticles.report.ReportPage} is the only place that knows the template engine. Must
 * not import Vert.x. Called by {@code edgeshard paper}.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles.report;
