package io.edgeshard.verticles.local;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.edgeshard.verticles.settings.SettingValue;
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

  /** The process to ask when this node is to end together with those started beside it. */
  public ProcessIdentity owner() {
    return launcher != null && launcher.find().isPresent() ? launcher : process;
  }

  /** The same with the address at which clients were found to be served. */
  public RunFile servedAt(Optional<String> address) {
    return new RunFile(
        name,
        clusterName,
        process,
        launcher,
        join,
        clusterAddress,
        busAddress,
        address.orElse(url),
        logFile,
        settings);
  }
}
