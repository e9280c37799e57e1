/** Tests of what is read from Linux's files. */
@org.jspecify.annotations.NullMarked
package io.edgeshard.runtime.profile.linux;
