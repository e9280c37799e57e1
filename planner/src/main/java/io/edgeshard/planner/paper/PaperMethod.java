package io.edgeshard.planner.paper;

/** A way to place a model that the paper compares (section V-A). */
public enum PaperMethod {
  /** The whole model on the source. */
  EDGE_SOLO("Edge-Solo"),
  /** Half on the source, half on the cloud. */
  CLOUD_EDGE_EVEN("Cloud-Edge-Even"),
  /** The paper's algorithm with only source and cloud. */
  CLOUD_EDGE_OPT("Cloud-Edge-Opt"),
  /** Equal shares on the devices that EdgeShard takes. */
  EDGESHARD_EVEN("EdgeShard-Even"),
  /** The paper's algorithm with all devices. */
  EDGESHARD("EdgeShard");

  private final String title;

  PaperMethod(String title) {
    this.title = title;
  }

  /** The paper's name for it. */
  public String title() {
    return title;
  }

  /** Whether an algorithm decides in it; the others are fixed plans. */
  public boolean isPlanned() {
    return this == CLOUD_EDGE_OPT || this == EDGESHARD;
  }
}
