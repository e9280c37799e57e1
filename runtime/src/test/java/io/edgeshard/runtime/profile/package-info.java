/** Tests of what a node measures of itself. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.runtime.profile;
