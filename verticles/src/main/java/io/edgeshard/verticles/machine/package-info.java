/**
 * Facts of the machine a node runs on, as the operating system tells them: its name, its memory,
 * the limits of its container, and whose turn it is to measure.
 *
 * <p>Reads files, knows nothing of nodes and models. Called where a node starts and where it
 * measures itself.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles.machine;
