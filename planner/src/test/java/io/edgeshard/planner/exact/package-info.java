/** Tests of the exact planner: against every plan there is, and against what must always hold. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.planner.exact;
