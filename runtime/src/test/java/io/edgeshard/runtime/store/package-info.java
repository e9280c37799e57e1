/** Tests of finding models. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.runtime.store;
