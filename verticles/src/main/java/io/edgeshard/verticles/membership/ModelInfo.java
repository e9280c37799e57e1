package io.edgeshard.verticles.membership;

/**
 * The model that a cluster serves, as every node must have it.
 *
 * @param id its name for clients
 * @param sha256 content hash of its file, hexadecimal
 * @param bytes size of its file
 */
public record ModelInfo(String id, String sha256, long bytes) {}
