/**
 * What a node is told: flags, then environment, then one configuration file, then defaults.
 *
 * <p>{@link io.edgeshard.verticles.settings.NodeSettings} is the one table of all settings; flags,
 * variables, file keys, help and {@code status} all come from it. Every value keeps its origin, so
 * that an error and {@code status} can say where it was set. Called once, while the command line is
 * read; imports nothing of the node.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles.settings;
