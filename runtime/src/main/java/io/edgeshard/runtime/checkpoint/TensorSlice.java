package io.edgeshard.runtime.checkpoint;

import java.nio.ByteBuffer;

/**
 * A named tensor of a checkpoint, mapped from the file.
 *
 * @param name as in the file
 * @param type how elements are stored
 * @param rows outer dimension: 1 for a vector
 * @param columns inner dimension: consecutive elements of a row
 * @param data read-only, little-endian, exactly the tensor's bytes from position 0 to limit
 */
public record TensorSlice(String name, TensorType type, int rows, int columns, ByteBuffer data) {}
