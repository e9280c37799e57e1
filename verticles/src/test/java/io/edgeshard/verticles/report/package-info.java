/** Tests of the paper's report: every cell is there, every target met, nothing fetched. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles.report;
