/** What the plan in force gives, beside what it was predicted to give. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles.placement.watch;
