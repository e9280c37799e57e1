package io.edgeshard.runtime.kvcache;

/** A sequence that does not fit into the KV-cache budget now; it may later. */
public final class KvCacheFullException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public KvCacheFullException(String message) {
    super(message);
  }
}
