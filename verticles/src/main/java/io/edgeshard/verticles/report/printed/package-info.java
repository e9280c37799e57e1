/**
 * What the paper prints: its tables and figures as data ({@code paper-values.json}), each with how
 * it was read, and what contradicts itself in them. Values only; {@link
 * io.edgeshard.verticles.report.printed.PaperValues} is where to begin. Must not import Vert.x.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles.report.printed;
