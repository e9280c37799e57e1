package io.edgeshard.verticles.cli;

import io.edgeshard.verticles.cli.plan.PaperCommand;
import io.edgeshard.verticles.cli.plan.PlanCommand;
import io.edgeshard.verticles.cli.plan.ProfileCommand;
import io.edgeshard.verticles.cli.terminal.ExitCodes;
import io.edgeshard.verticles.cli.terminal.Failures;
import io.edgeshard.verticles.cli.terminal.SettingFlags;
import io.edgeshard.verticles.settings.Setting;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The command {@code edgeshard} itself, which only has others below it. */
@Command(
    name = "edgeshard",
    description = "A language model over the machines you have.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  edgeshard run                      try it: three nodes on this machine",
      "  edgeshard start --host 192.168.1.10 --nodes 2",
      "                                     on the first machine",
      "  edgeshard join 192.168.1.10        on every other machine",
      "  edgeshard help start               all flags of a command"
    })
public final class EdgeShardCommand {
  private static final int HELP_WIDTH = 100;

  private EdgeShardCommand() {}

  /** The whole command line. */
  public static CommandLine create(CommandContext context) {
    CommandLine root = new CommandLine(new EdgeShardCommand());
    root.addSubcommand(with(new RunCommand(context), RunCommand.SETTINGS, RunCommand.DEFAULTS));
    root.addSubcommand(with(new StartCommand(context), StartCommand.SETTINGS, Map.of()));
    root.addSubcommand(with(new JoinCommand(context), JoinCommand.SETTINGS, Map.of()));
    root.addSubcommand(with(new StatusCommand(context), List.of(), Map.of()));
    root.addSubcommand(new PlanCommand(context.runFiles()));
    root.addSubcommand(new ProfileCommand(context.runFiles()));
    root.addSubcommand(new LogsCommand(context));
    root.addSubcommand(new LeaveCommand(context));
    root.addSubcommand(new StopCommand(context));
    root.addSubcommand(new PaperCommand());
    root.addSubcommand(new CompletionCommand());
    root.addSubcommand(new CommandLine.HelpCommand());
    root.setUsageHelpWidth(HELP_WIDTH);
    root.setUsageHelpAutoWidth(true);
    root.setExecutionStrategy(EdgeShardCommand::run);
    root.setExecutionExceptionHandler(Failures::execution);
    root.setParameterExceptionHandler(Failures::parameter);
    describe(root);
    return root;
  }

  private static CommandLine with(
      Object command, List<Setting<?>> settings, Map<Setting<?>, String> defaults) {
    CommandLine line = new CommandLine(command);
    SettingFlags.addTo(line.getCommandSpec(), settings, defaults);
    return line;
  }

  /** Every command has {@code --help}, the version and the list of exit codes. */
  private static void describe(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    spec.mixinStandardHelpOptions(true);
    spec.versionProvider(() -> new String[] {"edgeshard " + version()});
    spec.usageMessage()
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(ExitCodes.EXPLAINED)
        .sortOptions(false)
        .sortSynopsis(false)
        .abbreviateSynopsis(true);
    command.getSubcommands().values().forEach(EdgeShardCommand::describe);
  }

  /** Without a command the help is what the user needs, though asking for nothing is an error. */
  private static int run(ParseResult parsed) {
    boolean nothingAsked =
        !parsed.hasSubcommand()
            && !parsed.isUsageHelpRequested()
            && !parsed.isVersionHelpRequested();
    if (nothingAsked) {
      CommandLine root = parsed.commandSpec().commandLine();
      root.usage(root.getErr());
      return ExitCodes.USAGE;
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  private static String version() {
    String version = EdgeShardCommand.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }
}
