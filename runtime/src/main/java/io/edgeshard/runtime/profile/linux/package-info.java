/**
 * What Linux says of this machine in files: the processor, and how much of it control groups leave
 * to this process. Says nothing on other systems. Called by {@code profile}.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.runtime.profile.linux;
