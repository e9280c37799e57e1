package io.edgeshard.verticles.membership;

import java.util.Objects;

/**
 * The model that a cluster serves, as every node must have it.
 *
 * @param id its name for clients
 * @param sha256 content hash of its file, hexadecimal
 * @param bytes size of its file
 * @param host address of the first node, which has it
 * @param file where it has it; empty where an earlier release did not say
 * @param node name of the first node; empty where an earlier release did not say
 * @param page address of its page; empty where that is not known, or not for other machines
 */
public record ModelInfo(
    String id, String sha256, long bytes, String host, String file, String node, String page) {
  public ModelInfo {
    host = Objects.requireNonNullElse(host, "");
    file = Objects.requireNonNullElse(file, "");
    node = Objects.requireNonNullElse(node, "");
    page = Objects.requireNonNullElse(page, "");
    if (id == null || sha256 == null || !sha256.matches("[0-9a-f]{64}") || bytes <= 0) {
      throw new IllegalArgumentException(
          "expected name, SHA-256 and size of a model, found %s, %s and %d bytes"
              .formatted(id, sha256, bytes));
    }
  }
}
