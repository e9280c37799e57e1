package io.edgeshard.verticles.cli.terminal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** How a command ends, for scripts. */
public final class ExitCodes {
  public static final int OK = 0;
  public static final int FAILED = 1;
  public static final int USAGE = 2;
  public static final int NOT_READY = 3;

  /** What the help says about them. */
  public static final Map<String, String> EXPLAINED = explained();

  private ExitCodes() {}

  private static Map<String, String> explained() {
    Map<String, String> codes = new LinkedHashMap<>();
    codes.put("0", "done, or ended in order");
    codes.put("1", "failed while running: port in use, node lost, no answer");
    codes.put("2", "a flag, variable or key of the configuration file is wrong");
    codes.put("3", "status, plan, profile: the cluster is not ready, or no node runs");
    codes.put("130, 143", "ended by Ctrl-C or SIGTERM");
    return Collections.unmodifiableMap(codes);
  }
}
