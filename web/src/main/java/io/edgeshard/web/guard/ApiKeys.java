package io.edgeshard.web.guard;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * The keys with which clients prove that they may use the API; kept as hashes, so that neither a
 * log nor a comparison that ends early gives one away.
 */
public final class ApiKeys {
  /** Of a server that anybody who reaches it may use. */
  public static final ApiKeys NONE = new ApiKeys(List.of());

  private static final String SCHEME = "Bearer ";

  private final List<byte[]> hashes;

  private ApiKeys(List<byte[]> hashes) {
    this.hashes = hashes;
  }

  /** These keys, of which each lets in. */
  public static ApiKeys of(List<String> keys) {
    return new ApiKeys(keys.stream().map(ApiKeys::hash).toList());
  }

  /** Whether anybody may use the API. */
  public boolean isEmpty() {
    return hashes.isEmpty();
  }

  /** Whether an {@code Authorization} header, which may be missing, lets in. */
  boolean admit(String header) {
    boolean isKey = header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    byte[] given = hash(isKey ? header.substring(SCHEME.length()).strip() : "");
    boolean known = false;
    for (byte[] hash : hashes) {
      known |= MessageDigest.isEqual(hash, given);
    }
    return isEmpty() || (isKey && known);
  }

  private static byte[] hash(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("expected SHA-256 in every Java", impossible);
    }
  }

  @Override
  public String toString() {
    return "ApiKeys[" + hashes.size() + "]";
  }
}
