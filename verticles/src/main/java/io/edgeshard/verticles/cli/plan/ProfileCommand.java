package io.edgeshard.verticles.cli.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.edgeshard.verticles.cli.terminal.ExitCodes;
import io.edgeshard.verticles.cli.terminal.Terminal;
import io.edgeshard.verticles.local.cluster.PlanClient;
import io.edgeshard.verticles.local.cluster.PlanClient.NoPlanException;
import io.edgeshard.verticles.local.runfile.RunFiles;
import io.edgeshard.verticles.settings.SettingsException;
import io.edgeshard.web.plan.PlanSource.Measured;
import io.edgeshard.web.plan.PlanView;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code edgeshard profile}: what nodes and links were measured to be. */
@Command(
    name = "profile",
    description =
        "Show what the nodes of a running cluster and the links between them were measured to be.",
    footer = {
      "",
      "Examples:",
      "  edgeshard profile",
      "  edgeshard profile --url http://192.168.1.10:8080 --json",
      "  edgeshard profile --again         measure all of it once more, then plan again",
      "  edgeshard profile --again --links"
    })
public final class ProfileCommand implements Callable<Integer> {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final RunFiles runFiles;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final LivePlans live = new LivePlans();

  @Option(
      names = "--again",
      description = "Measure nodes and links anew, once nothing runs, and plan again.")
  private boolean again;

  @Option(
      names = "--links",
      description = "With --again: measure the links alone, which takes a second or two for each.")
  private boolean linksOnly;

  @Option(names = "--json", description = "Print everything as JSON.")
  private boolean json;

  /** The command of a user whose running nodes are these. */
  public ProfileCommand(RunFiles runFiles) {
    this.runFiles = runFiles;
  }

  /**
   * What was measured.
   *
   * @param nodes every node
   * @param links every ordered pair
   */
  record Profile(List<PlanView.Node> nodes, List<PlanView.Link> links) {}

  /**
   * What came of an order.
   *
   * @param state begun or waiting
   */
  record Order(String state) {}

  @Override
  public Integer call() throws InterruptedException, JsonProcessingException {
    Terminal terminal = Terminal.of(spec);
    if (linksOnly && !again) {
      throw new SettingsException(
          "--links: expected --again beside it, since it says what is measured anew, found none");
    }
    try {
      PlanClient client = live.client(runFiles);
      if (again) {
        measureAgain(client, terminal);
      } else {
        show(client.current(), terminal);
      }
      return ExitCodes.OK;
    } catch (NoPlanException none) {
      terminal.error(String.valueOf(none.getMessage()));
      return ExitCodes.NOT_READY;
    }
  }

  private void measureAgain(PlanClient client, Terminal terminal)
      throws InterruptedException, JsonProcessingException {
    String state = client.profileAgain(linksOnly ? Measured.LINKS : Measured.ALL);
    terminal.print(
        json
            ? MAPPER.writeValueAsString(new Order(state))
            : "measuring again: " + state + "; 'edgeshard profile' shows what came of it");
  }

  private void show(PlanView plan, Terminal terminal) throws JsonProcessingException {
    terminal.print(
        json
            ? List.of(MAPPER.writeValueAsString(new Profile(plan.nodes(), plan.links())))
            : ProfileWords.of(plan));
  }
}
