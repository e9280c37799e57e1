package io.edgeshard.verticles.cli.plan;

import io.edgeshard.verticles.cli.terminal.ExitCodes;
import io.edgeshard.verticles.cli.terminal.Terminal;
import io.edgeshard.verticles.report.PaperFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code edgeshard paper}: the paper's tables and figures computed again, beside our planner's. */
@Command(
    name = "paper",
    description = "Compute the paper's tables and figures again, beside this planner's.",
    footer = {
      "",
      "Examples:",
      "  edgeshard paper                        report.html and report.json in target/paper",
      "  edgeshard paper --out /tmp/paper"
    })
public final class PaperCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "target/paper",
      description = "Where the report goes. Default: ${DEFAULT-VALUE}.")
  private Path out = Path.of("target/paper");

  @Override
  public Integer call() throws IOException {
    Terminal terminal = Terminal.of(spec);
    PaperFiles.Written written = PaperFiles.write(out);
    terminal.print(written.headlines());
    terminal.print("page: " + written.page());
    terminal.print("data: " + written.data());
    return ExitCodes.OK;
  }
}
