package io.edgeshard.verticles.local.runfile;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.edgeshard.runtime.sampling.SamplingChoice;
import io.edgeshard.verticles.config.NodeConfig;
import io.edgeshard.verticles.local.network.ServedUrl;
import io.edgeshard.verticles.settings.NodeSettings;
import io.edgeshard.verticles.settings.Setting;
import io.edgeshard.verticles.settings.SettingValue;
import io.edgeshard.verticles.settings.Settings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known on this machine about a running node of this user.
 *
 * @param name the node's
 * @param clusterName its cluster's
 * @param process the node's process
 * @param launcher the process that started it and ends it; null for a node started by hand
 * @param join the node it joined; null for the first of its cluster
 * @param clusterAddress where it is reached by other members
 * @param busAddress where its event bus listens
 * @param url where clients are served; null when it serves none
 * @param logFile where it logs; null for its standard error
 * @param settings what it was told, by key, each with its origin
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RunFile(
    String name,
    String clusterName,
    ProcessIdentity process,
    @Nullable ProcessIdentity launcher,
    @Nullable String join,
    String clusterAddress,
    String busAddress,
    @Nullable String url,
    @Nullable String logFile,
    Map<String, SettingValue> settings) {

  /**
   * The file of a node that is this process.
   *
   * @param log where it logs; empty for its standard error
   */
  public static RunFile of(
      NodeConfig config,
      Settings settings,
      Optional<Path> log,
      @Nullable ProcessIdentity launcher) {
    Optional<String> logFile = log.map(path -> path.toAbsolutePath().toString());
    return new RunFile(
        config.node().value(),
        config.clusterName(),
        ProcessIdentity.current(),
        launcher,
        config.join().map(NodeConfig.Address::toString).orElse(null),
        new NodeConfig.Address(config.host(), config.clusterPort()).toString(),
        new NodeConfig.Address(config.host(), config.busPort()).toString(),
        config
            .http()
            .filter(http -> http.port() != 0)
            .map(http -> ServedUrl.of(http.host(), http.port()))
            .orElse(null),
        logFile.orElse(null),
        completed(settings, config, logFile));
  }

  /** The settings, with what was found for those that nobody set. */
  private static Map<String, SettingValue> completed(
      Settings settings, NodeConfig config, Optional<String> logFile) {
    Map<Setting<?>, String> found = new HashMap<>();
    found.put(NodeSettings.NAME, config.node().value());
    found.put(NodeSettings.HOST, config.host());
    found.put(NodeSettings.CLUSTER_PORT, Integer.toString(config.clusterPort()));
    found.put(NodeSettings.BUS_PORT, Integer.toString(config.busPort()));
    logFile.ifPresent(path -> found.put(NodeSettings.LOG_FILE, path));
    config.model().ifPresent(model -> found.put(NodeSettings.MODEL, model.toString()));
    config.http().ifPresent(http -> found.put(NodeSettings.HTTP_HOST, http.host()));
    if (config.join().isEmpty()) {
      found.put(NodeSettings.NODES, Integer.toString(config.serving().nodeCount()));
    }
    return settings.allWithDefaults(found);
  }

  /** The process to ask when this node is to end together with those started beside it. */
  public ProcessIdentity owner() {
    return launcher != null && launcher.find().isPresent() ? launcher : process;
  }

  /** The same as if it had been started by hand. */
  public RunFile withoutLauncher() {
    return with(null, url, settings);
  }

  /** The same with what the model's file says where nobody set anything. */
  public RunFile recommending(SamplingChoice sampling) {
    return with(launcher, url, RecommendedSettings.in(settings, sampling));
  }

  /** The same with the address at which clients were found to be served. */
  public RunFile servedAt(Optional<String> address) {
    return with(launcher, address.orElse(url), settings);
  }

  private RunFile with(
      @Nullable ProcessIdentity by, @Nullable String at, Map<String, SettingValue> set) {
    return new RunFile(
        name, clusterName, process, by, join, clusterAddress, busAddress, at, logFile, set);
  }
}
