/**
 * Who is here: forming and leaving the cluster, what each node says of itself, who has gone.
 *
 * <p>The only home of Hazelcast. Shared maps hold small JSON texts that their owner publishes
 * again; never prompts, tokens or keys.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.verticles.membership;
