/**
 * A cluster described in a YAML or JSON file, for planning without any cluster.
 *
 * <p>{@link io.edgeshard.verticles.planning.file.ClusterFile} is the door: a file goes in, a {@link
 * io.edgeshard.verticles.planning.Scenario} comes out, or one sentence that names file, line, what
 * was expected and what was found. Nothing is planned with what was half read. Called from the
 * command line's thread.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles.planning.file;
