package io.edgeshard.verticles.report;

import java.util.List;

/**
 * A panel as it is drawn: places in a picture of {@code width} by {@code height} points, y down.
 *
 * @param title what the panel shows
 * @param unit of the vertical axis
 * @param width of the picture
 * @param height of the picture
 * @param area where values are drawn
 * @param xTicks labels below the area
 * @param yTicks labels left of the area
 * @param lines of a line plot, else empty
 * @param bars of a bar plot, else empty
 */
record Plot(
    String title,
    String unit,
    double width,
    double height,
    Area area,
    List<Tick> xTicks,
    List<Tick> yTicks,
    List<Line> lines,
    List<Bar> bars) {
  /** The rectangle of the values: its edges. */
  record Area(double left, double top, double right, double bottom) {}

  /** A label at a place along an axis; the second line may be empty. */
  record Tick(double at, String label, String secondLabel) {}

  /**
   * A method's values of one origin.
   *
   * @param colour number of its colour, from 0
   * @param origin {@code paper}, {@code published} or {@code ours}
   * @param path its corners, as SVG writes them
   * @param dots its values
   */
  record Line(int colour, String origin, String path, List<Dot> dots) {}

  /** A value, with what is told about it. */
  record Dot(double x, double y, String title) {}

  /** A value as a bar; without height and labelled OOM where memory is missing. */
  record Bar(
      String origin, double x, double y, double width, double height, String label, String title) {}
}
