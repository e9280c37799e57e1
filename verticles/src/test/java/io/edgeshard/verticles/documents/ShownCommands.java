package io.edgeshard.verticles.documents;

import io.edgeshard.verticles.cli.CommandContext;
import io.edgeshard.verticles.cli.EdgeShardCommand;
import io.edgeshard.verticles.cli.terminal.SettingFlags;
import io.edgeshard.verticles.local.TestFolders;
import io.edgeshard.verticles.settings.NodeSettings;
import io.edgeshard.verticles.settings.Setting;
import io.edgeshard.verticles.settings.SettingSources;
import io.vertx.core.Future;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Says what is wrong with a command that a document shows; runs nothing. */
final class ShownCommands {
  /** Programs that are not ours. */
  private static final Set<String> OF_THE_SYSTEM =
      Set.of("cd", "git", "install", "ln", "scp", "systemctl", "tar");

  /** Scripts that pass their flags to a command. */
  private static final Map<String, String> SCRIPTS =
      Map.of("scripts/run.sh", "run", "scripts/paper.sh", "paper");

  private static final Set<String> LAUNCHERS =
      Set.of("scripts/edgeshard", "bin/edgeshard", "edgeshard");

  /** Variables of the launcher and of what is no setting. */
  private static final Set<String> OTHER_VARIABLES =
      Set.of("EDGESHARD_TOKEN", "EDGESHARD_API_KEY", SettingSources.CONFIG_VARIABLE);

  private final CommandContext context;

  /** With a user who has nothing but this folder. */
  ShownCommands(Path folder) {
    context =
        new CommandContext(
            config -> Future.failedFuture("not here"), Map.of(), TestFolders.in(folder));
  }

  private CommandLine commandLine() {
    return EdgeShardCommand.create(context);
  }

  /** Faults of a command, none when it is right. HTTP requests are not looked at. */
  List<String> faults(ShellCommand command) {
    List<String> faults = new ArrayList<>();
    command.variables().stream()
        .filter(name -> !isVariable(name))
        .forEach(name -> faults.add("no variable " + name + " in: " + command));
    String program = command.program();
    if (program.startsWith("scripts/")
        && !Files.isExecutable(Document.PROJECT.resolve(command.program()))) {
      faults.add("no program " + program);
    } else if (LAUNCHERS.contains(program)) {
      faults.addAll(parsed(command, command.arguments()));
    } else if (SCRIPTS.containsKey(program)) {
      faults.addAll(
          parsed(
              command,
              Stream.concat(Stream.of(SCRIPTS.get(program)), command.arguments().stream())
                  .toList()));
    } else if (program.equals("java")) {
      faults.addAll(parsed(command, afterJar(command.arguments())));
    } else if (program.startsWith("scripts/") && !command.arguments().isEmpty()) {
      faults.add("nobody checks the arguments of: " + command);
    } else if (!program.startsWith("scripts/")
        && !program.equals("curl")
        && !OF_THE_SYSTEM.contains(program)) {
      faults.add("nobody checks the program of: " + command);
    }
    return faults;
  }

  private static List<String> afterJar(List<String> arguments) {
    return arguments.subList(arguments.indexOf("-jar") + 2, arguments.size());
  }

  private List<String> parsed(ShellCommand command, List<String> arguments) {
    try {
      ParseResult parsed = commandLine().parseArgs(arguments.toArray(String[]::new));
      if (parsed.hasSubcommand()) {
        SettingFlags.resolve(parsed.subcommand(), Map.of(), context.folders(), Map.of());
      }
      return List.of();
    } catch (RuntimeException wrong) {
      return List.of(command + ": " + wrong.getMessage());
    }
  }

  /** Whether a command has this flag. */
  boolean isFlag(String flag) {
    return commandLine().getSubcommands().values().stream()
        .anyMatch(command -> command.getCommandSpec().findOption(flag) != null);
  }

  /** Whether the program or its launcher reads this variable. */
  static boolean isVariable(String name) {
    return OTHER_VARIABLES.contains(name) || settingVariables().contains(name);
  }

  private static Set<String> settingVariables() {
    return NodeSettings.ALL.stream().map(Setting::variable).collect(Collectors.toSet());
  }
}
