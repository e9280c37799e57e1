/**
 * What is known on this machine about the running nodes of this user: one file for each of them.
 *
 * <p>A process is told from a later one of the same number; files of processes that ended are gone.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles.local.runfile;
