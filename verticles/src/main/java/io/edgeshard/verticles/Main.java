package io.edgeshard.verticles;

import io.edgeshard.verticles.cli.CommandContext;
import io.edgeshard.verticles.cli.EdgeShardCommand;
import io.edgeshard.verticles.local.NodeLog;
import io.edgeshard.verticles.settings.UserFolders;

/** The program. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    NodeLog.quiet();
    CommandContext context =
        new CommandContext(Node::start, System.getenv(), UserFolders.ofThisUser());
    System.exit(EdgeShardCommand.create(context).execute(arguments));
  }
}
