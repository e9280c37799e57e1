package io.edgeshard.verticles.cli.plan;

import io.edgeshard.verticles.local.cluster.PlanClient;
import io.edgeshard.verticles.local.cluster.PlanClient.NoPlanException;
import io.edgeshard.verticles.local.runfile.RunFile;
import io.edgeshard.verticles.local.runfile.RunFiles;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flag that says which cluster is asked. */
final class LivePlans {
  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Ask the node that serves there. Default: the one of this machine.")
  private @Nullable String url;

  boolean isNamed() {
    return url != null;
  }

  /** A client of the node that was named, else of the first of this machine that serves. */
  PlanClient client(RunFiles running) {
    if (url != null) {
      return new PlanClient(url);
    }
    return running.list().stream()
        .map(RunFile::url)
        .filter(Objects::nonNull)
        .findFirst()
        .map(PlanClient::new)
        .orElseThrow(
            () ->
                new NoPlanException(
                    "expected a node of this machine that serves clients, found none: start one, or name one with --url"));
  }
}
