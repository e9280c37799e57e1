package io.edgeshard.verticles.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.edgeshard.verticles.cli.plan.PlanWords;
import io.edgeshard.verticles.cli.terminal.ClusterWords;
import io.edgeshard.verticles.cli.terminal.ExitCodes;
import io.edgeshard.verticles.cli.terminal.RunFileWords;
import io.edgeshard.verticles.cli.terminal.SettingWords;
import io.edgeshard.verticles.cli.terminal.Terminal;
import io.edgeshard.verticles.local.cluster.ClusterClient;
import io.edgeshard.verticles.local.cluster.PlanClient;
import io.edgeshard.verticles.local.cluster.PlanClient.NoPlanException;
import io.edgeshard.verticles.local.runfile.RunFile;
import io.edgeshard.verticles.settings.SettingValue;
import io.edgeshard.web.plan.PlanRefusedException;
import io.edgeshard.web.plan.PlanView;
import io.edgeshard.web.status.ClusterStatus;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code edgeshard status}: nodes, cluster and settings. */
@Command(
    name = "status",
    description =
        "Show this machine's nodes, the cluster's shards, and the settings with their origin.",
    footer = {
      "",
      "Examples:",
      "  edgeshard status",
      "  edgeshard status --url http://192.168.1.10:8080",
      "  edgeshard status --json"
    })
final class StatusCommand implements Callable<Integer> {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final CommandContext context;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Ask the node that serves there. Default: the nodes of this machine.")
  private @Nullable String url;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Show the settings of this node. Default: the first that serves clients.")
  private @Nullable String name;

  @Option(names = "--json", description = "Print everything as JSON.")
  private boolean json;

  StatusCommand(CommandContext context) {
    this.context = context;
  }

  /**
   * All that is shown.
   *
   * @param nodes of this machine
   * @param url of the node that was asked; null when there is none to ask
   * @param cluster what it answered; null for no answer
   * @param plan the plan in force and its explanation; null where there is none
   * @param settings of the node chosen; what one would be started with when none runs
   */
  record Report(
      List<RunFile> nodes,
      @Nullable String url,
      @Nullable ClusterStatus cluster,
      @Nullable PlanView plan,
      Map<String, SettingValue> settings) {}

  @Override
  public Integer call() throws InterruptedException, JsonProcessingException {
    Terminal terminal = Terminal.of(spec);
    Report report = report(terminal);
    if (json) {
      terminal.print(MAPPER.writeValueAsString(report));
    } else {
      print(report, terminal);
    }
    return report.cluster() != null && report.cluster().ready()
        ? ExitCodes.OK
        : ExitCodes.NOT_READY;
  }

  private Report report(Terminal terminal) throws InterruptedException {
    List<RunFile> nodes = context.runFiles().list();
    Optional<RunFile> serving = nodes.stream().filter(node -> node.url() != null).findFirst();
    Optional<RunFile> shown =
        name == null
            ? serving.or(() -> nodes.stream().findFirst())
            : nodes.stream().filter(node -> node.name().equals(name)).findFirst();
    Map<String, SettingValue> settings =
        shown
            .map(RunFile::settings)
            .orElseGet(() -> context.settings(terminal.parsed(), Map.of()).all());
    String asked = url != null ? url : serving.map(RunFile::url).orElse(null);
    @Nullable ClusterStatus cluster =
        asked == null ? null : new ClusterClient(asked).status().orElse(null);
    return new Report(nodes, asked, cluster, cluster == null ? null : plan(asked), settings);
  }

  private static @Nullable PlanView plan(@Nullable String asked) throws InterruptedException {
    try {
      return asked == null ? null : new PlanClient(asked).current();
    } catch (NoPlanException | PlanRefusedException none) {
      return null;
    }
  }

  private static void print(Report report, Terminal terminal) {
    if (report.nodes().isEmpty()) {
      terminal.print("nodes of this machine: none runs");
    } else {
      terminal.print("nodes of this machine:");
      terminal.print(RunFileWords.table(report.nodes()));
    }
    String served = Objects.requireNonNullElse(report.url(), "not asked, none serves here");
    if (report.cluster() == null) {
      terminal.print("cluster: " + served + (report.url() == null ? "" : " does not answer"));
    } else {
      terminal.print("cluster: " + served);
      ClusterWords.of(report.cluster()).forEach(line -> terminal.print("  " + line));
      printPlan(report.plan(), terminal);
    }
    terminal.print(
        report.nodes().isEmpty() ? "settings that a node would start with:" : "settings:");
    terminal.print(SettingWords.table(report.settings()));
  }

  private static void printPlan(@Nullable PlanView plan, Terminal terminal) {
    if (plan == null) {
      return;
    }
    terminal.print("  predicted: " + PlanWords.summary(plan.predicted()));
    PlanView.@Nullable Served served = plan.served();
    if (served != null) {
      terminal.print(
          "  served:    %s, where %s was predicted for %d prompt and %d new tokens"
              .formatted(
                  PlanWords.summary(served.measured()),
                  PlanWords.summary(served.predicted()),
                  served.promptTokens(),
                  served.newTokens()));
    }
    terminal.print("  'edgeshard plan' explains it");
  }
}
