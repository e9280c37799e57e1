package io.edgeshard.verticles.local;

import io.edgeshard.verticles.local.runfile.ProcessIdentity;

/** Ends this process when the one that started it has ended, however that ended. */
final class ParentWatch {
  private ParentWatch() {}

  /** Runs {@code end} once the parent is gone, at once if it is gone already. */
  static void watch(ProcessIdentity parent, Runnable end) {
    Thread watch =
        new Thread(
            () -> {
              parent.find().ifPresent(handle -> handle.onExit().join());
              end.run();
            },
            "parent-watch");
    watch.setDaemon(true);
    watch.start();
  }
}
