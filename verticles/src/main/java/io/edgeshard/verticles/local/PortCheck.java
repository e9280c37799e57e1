package io.edgeshard.verticles.local;

import io.edgeshard.verticles.config.NodeConfig;
import io.edgeshard.verticles.local.network.OwnAddress;
import io.edgeshard.verticles.local.network.Ports;
import io.edgeshard.verticles.local.node.NodeStartException;
import io.edgeshard.verticles.local.runfile.ProcessIdentity;
import io.edgeshard.verticles.local.runfile.RunFile;
import io.edgeshard.verticles.local.runfile.RunFiles;
import io.edgeshard.verticles.settings.NodeSettings;
import io.edgeshard.verticles.settings.Setting;
import io.edgeshard.verticles.settings.Settings;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * Says, before a node is started, which of its ports or its name is taken and who should change.
 */
public final class PortCheck {
  private final NodeConfig config;
  private final Settings settings;
  private final RunFiles runFiles;
  private final Map<Integer, Setting<Integer>> asked = new HashMap<>();

  /** A check of what a node that is yet to be started wants. */
  public PortCheck(NodeConfig config, Settings settings, RunFiles runFiles) {
    this.config = config;
    this.settings = settings;
    this.runFiles = runFiles;
  }

  /** Checks all its ports and its name. */
  void check() {
    runFiles
        .find(config.clusterName(), config.node().value())
        .filter(file -> !file.process().equals(ProcessIdentity.current()))
        .ifPresent(
            file -> {
              throw new NodeStartException(
                  "expected a name that no running node of this machine has, found '"
                      + file.name()
                      + "' in use by process "
                      + file.process().pid()
                      + ": choose another with --name, or end that one with 'edgeshard leave --name "
                      + file.name()
                      + "'");
            });
    checkHttp();
    free(config.host(), config.clusterPort(), NodeSettings.CLUSTER_PORT, "cluster");
    free(config.host(), config.busPort(), NodeSettings.BUS_PORT, "bus");
  }

  /** Checks the port at which clients are to be served. */
  public void checkHttp() {
    config
        .http()
        .filter(http -> http.port() != 0)
        .ifPresent(http -> free(http.host(), http.port(), NodeSettings.PORT, "HTTP"));
  }

  private void free(String host, int port, Setting<Integer> setting, String what) {
    Setting<Integer> other = asked.put(port, setting);
    if (other != null) {
      throw new NodeStartException(
          settings.place(setting)
              + ": expected another port than that of "
              + settings.place(other)
              + ", found "
              + port
              + " for both");
    }
    InetAddress address = OwnAddress.resolve(host).orElseThrow();
    Ports.obstacle(address, port)
        .ifPresent(
            found -> {
              throw new NodeStartException(
                  "expected "
                      + what
                      + " port "
                      + port
                      + " to be free on "
                      + host
                      + ", found "
                      + found
                      + user(port)
                      + ": end what uses it, or choose another with "
                      + setting.flag());
            });
  }

  private String user(int port) {
    return runFiles.list().stream()
        .filter(file -> uses(file, port))
        .findFirst()
        .map(
            file ->
                " by node '"
                    + file.name()
                    + "' (process "
                    + file.process().pid()
                    + ", 'edgeshard stop' ends it)")
        .orElse("");
  }

  private static boolean uses(RunFile file, int port) {
    String end = ":" + port;
    return file.clusterAddress().endsWith(end)
        || file.busAddress().endsWith(end)
        || (file.url() != null && file.url().endsWith(end));
  }
}
