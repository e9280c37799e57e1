package io.edgeshard.verticles.settings;

import io.edgeshard.planner.choice.NamedPlanners;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.PowerDraw;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.runtime.sampling.SamplingChoice;
import io.edgeshard.verticles.config.PlanningSettings.Aim;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The table of all settings. */
public final class NodeSettings {
  public static final Setting<Path> MODEL =
      Setting.optional(
          "model",
          "FILE",
          Forms::path,
          "the default model in the cache folder",
          "Model to serve, a GGUF file; on a joining node, where to look before the cache folder.");
  public static final Setting<WeightType> WEIGHTS =
      Setting.of(
          "weights",
          "HOW",
          Forms::weights,
          "fast",
          "How weights are run: exact (float32 arithmetic), fast (integer arithmetic where there"
              + " is one) or float32 (weights expanded).");
  public static final Setting<List<Integer>> LAYERS =
      Setting.list(
          "layers",
          "N,N,…",
          Forms.counts("a number of layers", 10_000),
          "the planner decides",
          "How many layers each node gets, by hand, the first node's first.");
  public static final Setting<Aim> OBJECTIVE =
      Setting.of(
          "objective",
          "AIM",
          Forms::aim,
          Aim.TOKEN_TIME.label(),
          "What the plan is to make best: token-time, request-time, throughput or energy.");
  public static final Setting<String> PLANNER =
      Setting.optional(
          "planner",
          "NAME",
          Forms.oneOf(NamedPlanners.names().toArray(String[]::new)),
          "the best for the objective",
          "Who plans: " + String.join(", ", NamedPlanners.names()) + ".");
  public static final Setting<Integer> SOURCE_LAYERS =
      Setting.of(
          "source-layers",
          "N",
          Forms.number("a number of layers", 0, 10_000),
          "0",
          "How many of the first layers the first node runs itself: hidden states that have passed"
              + " some layers give away less of the prompt.");
  public static final Setting<Set<NodeId>> EXCLUDE =
      Setting.list("exclude", "NODE,NODE,…", Forms::nodes, "none", "Nodes that get no layers.");
  public static final Setting<Boolean> ALLOW_SLOWER =
      Setting.yesOrNo(
          "allow-slower", "Whether to split even where one node alone is predicted to be faster.");
  public static final Setting<Integer> CONTEXT =
      Setting.optional(
          "context",
          "TOKENS",
          Forms.count("a context", 16_777_216),
          "what the model was trained for, at most 4096",
          "Context promised to each chat, prompt and answer together.");
  public static final Setting<Integer> SEQUENCES =
      Setting.of(
          "sequences", "N", Forms.count("a number of chats", 1024), "4", "Chats served at once.");
  public static final Setting<Integer> QUEUE =
      Setting.of(
          "queue", "N", Forms.count("a number of chats", 65_536), "32", "Chats that may wait.");
  public static final Setting<Integer> PREFILL_CHUNK =
      Setting.of(
          "prefill-chunk",
          "TOKENS",
          Forms.count("a number of tokens", 4096),
          "128",
          "Most prompt tokens computed in one step.");
  public static final Setting<Double> TEMPERATURE =
      sampling(
          "temperature",
          Forms.decimal("a temperature", 0, SamplingChoice.MOST_TEMPERATURE),
          SamplingChoice.AS_SHIPPED.temperature(),
          "How freely tokens are chosen, 0 always the likeliest");
  public static final Setting<Double> TOP_P =
      sampling(
          "top-p",
          Forms.decimal("a top-p", 0, 1),
          SamplingChoice.AS_SHIPPED.topP(),
          "Choose among the likeliest tokens that have this probability together, 1 all");
  public static final Setting<Integer> TOP_K =
      sampling(
          "top-k",
          Forms.number("a top-k", 0, Integer.MAX_VALUE),
          SamplingChoice.AS_SHIPPED.topK(),
          "Choose among so many of the likeliest tokens, 0 all");
  public static final Setting<Double> MIN_P =
      sampling(
          "min-p",
          Forms.decimal("a min-p", 0, 1),
          SamplingChoice.AS_SHIPPED.minP(),
          "Choose among tokens of at least this part of the likeliest's probability, 0 all");
  public static final Setting<Double> REPEAT_PENALTY =
      sampling(
          "repeat-penalty",
          Forms.decimal(
              "a repeat penalty", SamplingChoice.LEAST_PENALTY, SamplingChoice.MOST_PENALTY),
          SamplingChoice.AS_SHIPPED.repeatPenalty(),
          "Make tokens that just occurred less likely, 1 does not");
  public static final Setting<Integer> NODES =
      Setting.of(
          "nodes",
          "N",
          Forms.count("a number of nodes", 256),
          "1",
          "How many nodes, the first included, to wait for before the model is split.");
  public static final Setting<Long> MEMORY =
      Setting.optional(
          "memory",
          "SIZE",
          Forms::bytes,
          "what is free, less head-room",
          "The most memory this node may use for its share, such as 512m, 2g or 1.5GiB.");
  public static final Setting<Integer> THREADS =
      Setting.of(
          "threads",
          "N",
          Forms.count("a number of threads", 1024),
          Integer.toString(Runtime.getRuntime().availableProcessors()),
          "Threads that compute; by default all cores of this machine.");
  public static final Setting<String> MACHINE =
      Setting.optional(
          "machine",
          "NAME",
          Forms::name,
          "an id of the system",
          "What this machine is called: nodes of one machine share its cores and memory.");
  public static final Setting<PowerDraw> WATTS =
      Setting.optional(
          "watts",
          "BUSY,IDLE",
          Forms::watts,
          "not known",
          "What this machine draws while it computes and while it waits, for plans by energy.");
  public static final Setting<Path> CACHE =
      Setting.of(
          "cache",
          "FOLDER",
          Forms::path,
          UserFolders.ofThisUser().cache().toString(),
          "Where models are kept and looked for, in its folder models.");
  public static final Setting<String> NAME =
      Setting.optional(
          "name", "NAME", Forms::name, "made from the host name", "This node's name, unique.");
  public static final Setting<String> CLUSTER_NAME =
      Setting.of(
          "cluster-name",
          "NAME",
          Forms::name,
          "edgeshard",
          "Nodes whose cluster has another name are not talked to.");
  public static final Setting<String> HOST =
      Setting.optional(
          "host",
          "ADDRESS",
          Forms::text,
          "127.0.0.1; when joining, this machine's address on that network",
          "This machine's address that cluster, bus and HTTP listen on.");
  public static final Setting<String> HTTP_HOST =
      Setting.optional(
          "http-host",
          "ADDRESS",
          Forms::text,
          "the same as --host",
          "Address that HTTP alone listens on; 0.0.0.0 is every address of this machine.");
  public static final Setting<Integer> PORT =
      Setting.of("port", "PORT", Forms.port(true), "8080", "HTTP port; 0 takes any free one.");
  public static final Setting<Integer> CLUSTER_PORT =
      Setting.of("cluster-port", "PORT", Forms.port(false), "5701", "Port of cluster membership.");
  public static final Setting<Integer> BUS_PORT =
      Setting.of("bus-port", "PORT", Forms.port(false), "5702", "Port of the event bus.");
  public static final Setting<Duration> JOIN_TIMEOUT =
      Setting.of(
          "join-timeout",
          "TIME",
          Forms::duration,
          "60s",
          "How long to wait for the node to join to be there.");
  public static final Setting<Duration> READY_TIMEOUT =
      Setting.of(
          "ready-timeout",
          "TIME",
          Forms::duration,
          "60s",
          "How long to wait for the nodes to be ready.");
  public static final Setting<String> LOG_LEVEL =
      Setting.of(
          "log-level",
          "LEVEL",
          Forms.oneOf("error", "warn", "info", "debug", "trace"),
          "info",
          "How much is logged: error, warn, info, debug (requests) or trace (steps).");
  public static final Setting<Path> TOKEN_FILE =
      Setting.of(
          "token-file",
          "FILE",
          Forms::path,
          UserFolders.ofThisUser().config().resolve("join-token").toString(),
          "Where the join token is kept, which every node of a cluster needs; the first node makes"
              + " it. EDGESHARD_TOKEN in the environment gives the token itself.");
  public static final Setting<Path> API_KEY_FILE =
      Setting.optional(
          "api-key-file",
          "FILE",
          Forms::path,
          "no key is asked for",
          "API keys, one a line, of which clients must show one; EDGESHARD_API_KEY in the"
              + " environment gives one itself.");
  public static final Setting<Set<String>> ALLOW_ORIGIN =
      Setting.list(
          "allow-origin",
          "URL,…",
          Forms::origins,
          "none",
          "Origins such as https://chat.example whose pages may use the API from a browser. May be"
              + " repeated.");
  public static final Setting<Path> LOG_FILE =
      Setting.optional(
          "log-file",
          "FILE",
          Forms::path,
          "a file of its own in a terminal, else standard error",
          "Log to this file, rolled at 8 MiB, two old ones kept.");

  /** All of them, in the order in which they are shown. */
  public static final List<Setting<?>> ALL =
      List.of(
          MODEL,
          WEIGHTS,
          LAYERS,
          OBJECTIVE,
          PLANNER,
          SOURCE_LAYERS,
          EXCLUDE,
          ALLOW_SLOWER,
          CONTEXT,
          SEQUENCES,
          QUEUE,
          PREFILL_CHUNK,
          TEMPERATURE,
          TOP_P,
          TOP_K,
          MIN_P,
          REPEAT_PENALTY,
          NODES,
          MEMORY,
          THREADS,
          MACHINE,
          WATTS,
          CACHE,
          NAME,
          CLUSTER_NAME,
          HOST,
          HTTP_HOST,
          PORT,
          API_KEY_FILE,
          ALLOW_ORIGIN,
          CLUSTER_PORT,
          BUS_PORT,
          TOKEN_FILE,
          JOIN_TIMEOUT,
          READY_TIMEOUT,
          LOG_LEVEL,
          LOG_FILE);

  private NodeSettings() {}

  /** Set by a person it holds for all requests that say nothing; else the model's file may say. */
  private static <T> Setting<T> sampling(
      String key, Setting.Form<T> form, Optional<T> shipped, String what) {
    return new Setting<>(
        key,
        "NUMBER",
        form,
        shipped.map(String::valueOf),
        "",
        what + ". Holds where a request says nothing; unset, the model's file may say another.",
        Setting.Typing.ONCE);
  }
}
