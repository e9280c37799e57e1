package io.edgeshard.planner.cluster;

import java.util.regex.Pattern;

/**
 * The name of a node, unique in its cluster and stable over its restarts.
 *
 * @param value 1 to 64 letters, digits, {@code -}, {@code _} or {@code .}
 */
public record NodeId(String value) implements Comparable<NodeId> {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  public NodeId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "expected a node name of 1 to 64 letters, digits, '-', '_' or '.', found '"
              + value
              + "'");
    }
  }

  @Override
  public int compareTo(NodeId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
