/** Tests of the paper's experiments: what can be reproduced is, within stated errors. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.planner.paper;
