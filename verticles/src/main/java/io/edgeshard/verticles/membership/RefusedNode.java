package io.edgeshard.verticles.membership;

/**
 * A process that came into the cluster without its join token, and is not used.
 *
 * @param node the name that it gave itself
 * @param host the address that it gave
 */
public record RefusedNode(String node, String host) {
  /** Why it is not used. */
  public static final String REASON = "it has not proven that it has this cluster's join token";
}
