package io.edgeshard.planner.route;

/** How many layers fit into a room at most, by where in the model they may be. */
final class LayerSums {
  private final long[] fromFirst;
  private final long[] toLast;
  private final long[] inARow;

  LayerSums(long[] layerBytes) {
    int layers = layerBytes.length;
    this.fromFirst = new long[layers + 1];
    this.toLast = new long[layers + 1];
    this.inARow = new long[layers + 1];
    for (int count = 1; count <= layers; count++) {
      fromFirst[count] = fromFirst[count - 1] + layerBytes[count - 1];
      toLast[count] = toLast[count - 1] + layerBytes[layers - count];
    }
    for (int count = 1; count <= layers; count++) {
      inARow[count] = Long.MAX_VALUE;
      for (int end = count; end <= layers; end++) {
        inARow[count] = Math.min(inARow[count], fromFirst[end] - fromFirst[end - count]);
      }
    }
  }

  /** The most of the first layers; below 0 where there is no room at all. */
  int fromFirst(long room) {
    return most(fromFirst, room);
  }

  /** The most of the last layers. */
  int toLast(long room) {
    return most(toLast, room);
  }

  /** The most layers that follow each other. */
  int inARow(long room) {
    return most(inARow, room);
  }

  private static int most(long[] sums, long room) {
    int count = sums.length - 1;
    while (count >= 0 && sums[count] > room) {
      count--;
    }
    return room < 0 ? -1 : count;
  }
}
