/**
 * What a user types: one picocli command a class, each a few lines over {@code local}.
 *
 * <p>Owns words and exit codes: flags become settings, failures one sentence on standard error.
 * Nothing below it prints or ends the process on its own account. Flags of settings come from the
 * one table in {@code settings}.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles.cli;
