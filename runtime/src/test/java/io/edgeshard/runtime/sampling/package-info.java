/** Tests of the sampler: what may be chosen, how often, and that it can be repeated. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.runtime.sampling;
