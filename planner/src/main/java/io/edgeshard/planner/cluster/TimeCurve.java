package io.edgeshard.planner.cluster;

import java.util.Comparator;
import java.util.List;

/**
 * How long something takes as a function of how many rows (tokens) go through it: straight lines
 * between measured points, and beyond the first and the last the line of the two nearest.
 *
 * @param points at least one, by rising row count, each count once
 */
public record TimeCurve(List<Point> points) {
  public TimeCurve {
    points = points.stream().sorted(Comparator.comparingInt(Point::rows)).toList();
    if (points.isEmpty()) {
      throw new IllegalArgumentException("expected a curve with at least one point, found none");
    }
    if (points.stream().map(Point::rows).distinct().count() != points.size()) {
      throw new IllegalArgumentException("expected one time for each row count, found " + points);
    }
  }

  /**
   * A measured point.
   *
   * @param rows above 0
   * @param ms 0 or more, finite
   */
  public record Point(int rows, double ms) {
    public Point {
      if (rows <= 0 || !(ms >= 0) || Double.isInfinite(ms)) {
        throw new IllegalArgumentException(
            "expected a finite time of 0 ms or more for 1 row or more, found %s ms for %d rows"
                .formatted(ms, rows));
      }
    }
  }

  /** A straight line: so many ms for the first row, and so many for each further one. */
  public static TimeCurve line(double firstRowMs, double furtherRowMs) {
    return new TimeCurve(
        List.of(new Point(1, firstRowMs), new Point(2, firstRowMs + furtherRowMs)));
  }

  /** No time at all. */
  public static TimeCurve none() {
    return line(0, 0);
  }

  /** Milliseconds for {@code rows} rows; 0 for none, never below 0. */
  public double ms(int rows) {
    if (rows <= 0) {
      return 0;
    }
    if (points.size() == 1) {
      Point only = points.get(0);
      return only.ms() * rows / only.rows();
    }
    int right = 1;
    while (right < points.size() - 1 && points.get(right).rows() < rows) {
      right++;
    }
    Point a = points.get(right - 1);
    Point b = points.get(right);
    double slope = (b.ms() - a.ms()) / (b.rows() - a.rows());
    return Math.max(0, a.ms() + slope * (rows - a.rows()));
  }

  /** The same curve, {@code factor} times as long. */
  public TimeCurve times(double factor) {
    return new TimeCurve(
        points.stream().map(point -> new Point(point.rows(), point.ms() * factor)).toList());
  }
}
