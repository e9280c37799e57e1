package io.edgeshard.verticles.membership;

/**
 * The model that a cluster serves, as every node must have it.
 *
 * @param id its name for clients
 * @param sha256 content hash of its file, hexadecimal
 * @param bytes size of its file
 */
public record ModelInfo(String id, String sha256, long bytes) {
  public ModelInfo {
    if (id == null || sha256 == null || !sha256.matches("[0-9a-f]{64}") || bytes <= 0) {
      throw new IllegalArgumentException(
          "expected name, SHA-256 and size of a model, found %s, %s and %d bytes"
              .formatted(id, sha256, bytes));
    }
  }
}
