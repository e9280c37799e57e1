package io.edgeshard.verticles.documents;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command as a document shows it: as much of the shell's language as documents use, which is
 * quotes, comments, variables in front, {@code &&}, a redirection, and lines that go on.
 *
 * @param variables what is set for it
 * @param words program and arguments, without quotes
 */
record ShellCommand(Set<String> variables, List<String> words) {
  private static final Pattern WORD =
      Pattern.compile("'([^']*)'|\"([^\"]*)\"|(#.*)|(&&)|(>)\\s*\\S+|([^\\s'\"]+)");
  private static final Pattern VARIABLE = Pattern.compile("([A-Z_]+)=.*");

  ShellCommand {
    variables = Set.copyOf(variables);
    words = List.copyOf(words);
  }

  /** The commands of a block. */
  static List<ShellCommand> in(String block) {
    return block
        .replace("\\\n", " ")
        .lines()
        .flatMap(line -> ofLine(line).stream())
        .filter(command -> !command.words.isEmpty())
        .toList();
  }

  private static List<ShellCommand> ofLine(String line) {
    List<ShellCommand> commands = new ArrayList<>();
    Set<String> variables = new LinkedHashSet<>();
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(line);
    while (matcher.find() && matcher.group(3) == null) {
      if (matcher.group(4) != null) {
        commands.add(new ShellCommand(variables, words));
        variables.clear();
        words.clear();
      } else if (matcher.group(5) == null) {
        add(matcher, variables, words);
      }
    }
    commands.add(new ShellCommand(variables, words));
    return commands;
  }

  private static void add(Matcher matcher, Set<String> variables, List<String> words) {
    String plain = matcher.group(6);
    Matcher variable = VARIABLE.matcher(plain == null ? "" : plain);
    if (plain == null) {
      words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    } else if (words.isEmpty() && variable.matches()) {
      variables.add(variable.group(1));
    } else {
      words.add(plain);
    }
  }

  String program() {
    return words.get(0);
  }

  List<String> arguments() {
    return words.subList(1, words.size());
  }

  @Override
  public String toString() {
    return String.join(" ", words);
  }
}
