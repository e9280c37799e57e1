package io.edgeshard.verticles.cli.terminal;

import io.edgeshard.verticles.settings.SettingsException;
import io.edgeshard.web.error.NearMatches;
import io.edgeshard.web.plan.PlanRefusedException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Failures as the user sees them: one sentence, and the exit code that fits. */
public final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  /** What was typed cannot be understood. */
  public static int parameter(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("edgeshard: " + e.getMessage());
    List<String> near = near(e);
    if (!near.isEmpty()) {
      err.println("Did you mean " + String.join(" or ", near) + "?");
    }
    err.println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
    err.flush();
    return ExitCodes.USAGE;
  }

  /** The command was understood and failed. */
  public static int execution(Exception e, CommandLine command, ParseResult parsed) {
    LOG.debug("event=command.failed command={}", command.getCommandName(), e);
    command.getErr().println("edgeshard: " + sentence(e));
    command.getErr().flush();
    boolean wrongWord =
        e instanceof SettingsException
            || (e instanceof PlanRefusedException refused && refused.isForAName());
    return wrongWord ? ExitCodes.USAGE : ExitCodes.FAILED;
  }

  /** Flags or commands that are spelt nearly like what could not be understood. */
  private static List<String> near(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched)) {
      return List.of();
    }
    CommandSpec command = e.getCommandLine().getCommandSpec();
    Set<String> known =
        unmatched.isUnknownOption()
            ? command.optionsMap().keySet()
            : command.subcommands().keySet();
    String typed = unmatched.getUnmatched().get(0).replaceFirst("=.*", "");
    return NearMatches.of(typed, known);
  }

  private static String sentence(Exception e) {
    String message = e.getMessage();
    return message == null || message.isBlank() ? e.toString() : message;
  }
}
