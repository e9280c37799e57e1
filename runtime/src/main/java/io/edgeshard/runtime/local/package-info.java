/**
 * A whole model in one process, for programs that need no cluster: chats in, text out as it comes.
 *
 * <p>Puts together what the other packages have, all layers in one shard. Knows no plan and no
 * other machine; called by the program that embeds it, on one thread at a time.
 */
@org.jspecify.annotations.NullMarked
package io.edgeshard.runtime.local;
