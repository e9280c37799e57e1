package io.edgeshard.verticles.cli;

import io.edgeshard.verticles.cli.terminal.ExitCodes;
import io.edgeshard.verticles.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code edgeshard completion}: a script that teaches a shell this command line. */
@Command(
    name = "completion",
    description = "Print the completion script for bash and zsh.",
    footer = {
      "",
      "Examples:",
      "  source <(edgeshard completion)             in bash, or in zsh after",
      "                                             autoload -U bashcompinit && bashcompinit",
      "  edgeshard completion > ~/.local/share/bash-completion/completions/edgeshard"
    })
final class CompletionCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    Terminal terminal = Terminal.of(spec);
    terminal.print(AutoComplete.bash("edgeshard", terminal.root()));
    return ExitCodes.OK;
  }
}
