package io.edgeshard.verticles.cli.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.edgeshard.verticles.cli.plan.AllOnOne.Planning;
import io.edgeshard.verticles.cli.terminal.ExitCodes;
import io.edgeshard.verticles.cli.terminal.Terminal;
import io.edgeshard.verticles.local.cluster.PlanClient;
import io.edgeshard.verticles.local.cluster.PlanClient.NoPlanException;
import io.edgeshard.verticles.local.runfile.RunFiles;
import io.edgeshard.verticles.planning.file.ClusterFile;
import io.edgeshard.verticles.settings.SettingsException;
import io.edgeshard.web.plan.PlanView;
import io.edgeshard.web.plan.WhatIf;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code edgeshard plan}: who runs which layers, why, and what would be if. */
@Command(
    name = "plan",
    description =
        "Show and explain the plan of a running cluster, or of one that a file describes, and what"
            + " a change would do to it. Nothing is put in force but by --again.",
    footer = {
      "",
      "Examples:",
      "  edgeshard plan",
      "  edgeshard plan --add jetson-agx-orin@50,1 --halve node-1,node-2",
      "  edgeshard plan --remove node-3 --context 8192 --objective throughput",
      "  edgeshard plan --allow-slower              the best split, where one node alone is faster",
      "  edgeshard plan --again --planner published-latency",
      "  edgeshard plan --example > cluster.yaml",
      "  edgeshard plan --file cluster.yaml --objective energy --json",
      "",
      "With a change, its plan is explained and compared with today's; --json then prints both, as",
      "{\"today\": …, \"whatIf\": …}. 'edgeshard plan --example' prints a cluster file."
    })
public final class PlanCommand implements Callable<Integer> {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final RunFiles runFiles;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final LivePlans live = new LivePlans();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Plan the cluster that this YAML or JSON file describes, without any node.")
  private @Nullable Path file;

  @Option(
      names = "--example",
      description = "Print a file for --file, with comments, and nothing else.")
  private boolean example;

  @Mixin private final WhatIfFlags whatIf = new WhatIfFlags();

  @Option(
      names = "--again",
      description =
          "Let the cluster plan again with what is known, once nothing runs; with --objective or"
              + " --planner, for that from now on.")
  private boolean again;

  @Option(names = "--json", description = "Print everything as JSON.")
  private boolean json;

  /** The command of a user whose running nodes are these. */
  public PlanCommand(RunFiles runFiles) {
    this.runFiles = runFiles;
  }

  /**
   * Two plans.
   *
   * @param today as it is; null when no plan fits today
   * @param whatIf as it would be
   */
  record Comparison(@Nullable PlanView today, PlanView whatIf) {}

  @Override
  public Integer call() throws InterruptedException, JsonProcessingException {
    Terminal terminal = Terminal.of(spec);
    if (example) {
      terminal.print(ClusterFile.example());
      return ExitCodes.OK;
    }
    WhatIf change = whatIf.change();
    expectOneQuestion(change);
    try {
      return file == null
          ? ofCluster(live.client(runFiles), change, terminal)
          : ofFile(new FilePlans(file), change, terminal);
    } catch (NoPlanException none) {
      terminal.error(String.valueOf(none.getMessage()));
      return ExitCodes.NOT_READY;
    }
  }

  private int ofCluster(PlanClient client, WhatIf change, Terminal terminal)
      throws InterruptedException, JsonProcessingException {
    if (again) {
      String state = client.planAgain(change);
      terminal.print("planning again: " + state + "; 'edgeshard plan' shows what came of it");
    } else if (change.equals(WhatIf.nothing())) {
      show(client.current(), change, client::whatIf, terminal);
    } else {
      PlanView then = client.whatIf(change);
      show(new Comparison(today(client), then), change, client::whatIf, terminal);
    }
    return ExitCodes.OK;
  }

  private static @Nullable PlanView today(PlanClient client) throws InterruptedException {
    try {
      return client.current();
    } catch (NoPlanException none) {
      return null;
    }
  }

  private int ofFile(FilePlans plans, WhatIf change, Terminal terminal)
      throws InterruptedException, JsonProcessingException {
    PlanView then = plans.whatIf(change);
    if (change.equals(WhatIf.nothing())) {
      show(then, change, plans::whatIf, terminal);
    } else {
      show(new Comparison(plans.today().orElse(null), then), change, plans::whatIf, terminal);
    }
    return ExitCodes.OK;
  }

  private void show(PlanView plan, WhatIf change, Planning planning, Terminal terminal)
      throws InterruptedException, JsonProcessingException {
    if (json) {
      terminal.print(MAPPER.writeValueAsString(plan));
    } else {
      terminal.print(PlanWords.of(plan));
      AllOnOne.find(plan, change, planning).ifPresent(one -> terminal.print(one.words()));
    }
  }

  private void show(Comparison both, WhatIf change, Planning planning, Terminal terminal)
      throws InterruptedException, JsonProcessingException {
    if (json) {
      terminal.print(MAPPER.writeValueAsString(both));
      return;
    }
    show(both.whatIf(), change, planning, terminal);
    terminal.print("");
    terminal.print(
        both.today() == null
            ? List.of("today no plan fits")
            : PlanDifference.of(both.today(), both.whatIf()));
  }

  private void expectOneQuestion(WhatIf change) {
    if (file != null && (again || live.isNamed())) {
      throw new SettingsException(
          "--file: expected it without --url and --again, which ask a running cluster, found both");
    }
    if (again && change.allowSlower() != null) {
      throw new SettingsException(
          "--again: expected no --allow-slower beside it, which a cluster is told when its first"
              + " node is started, found it: leave out --again to see that plan");
    }
    if (again && !change.wishesOnly()) {
      throw new SettingsException(
          "--again: expected no change but --objective and --planner beside it, since nothing"
              + " imagined is put in force, found another");
    }
  }
}
