/**
 * Between commands and the terminal: flags read, tables and sentences printed, exit codes.
 *
 * <p>Knows no command; commands know it.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles.cli.terminal;
