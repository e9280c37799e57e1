package io.edgeshard.verticles.local;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import io.edgeshard.verticles.config.NodeConfig;
import io.edgeshard.verticles.settings.NodeSettings;
import io.edgeshard.verticles.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of this process: every event one line of {@code key=value}. */
public final class NodeLog {
  private static final String PATTERN =
      "time=%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} level=%level logger=%logger{0} thread=\"%thread\""
          + " %replace(%msg){'\\R+',' | '}"
          + "%replace(%ex){'(?s)^(?=.)|\\R\\s*',' | '}%nopex%n";
  private static final long LARGEST_FILE_BYTES = 8L << 20;
  private static final int OLD_FILES = 2;

  /**
   * Libraries that report what the node reports itself, one line for each failed connection to a
   * lost node with a stack trace of forty.
   */
  private static final Map<String, Level> LIBRARIES =
      Map.of(
          "com.hazelcast", Level.ERROR,
          "io.netty", Level.WARN,
          "io.vertx", Level.WARN,
          "io.vertx.core.eventbus.impl.clustered", Level.OFF,
          "ai.djl", Level.WARN,
          "com.hubspot", Level.WARN);

  private NodeLog() {}

  /**
   * Where a node logs: to the file that was named, else to one of its own where a person reads what
   * it prints; empty for standard error.
   */
  public static Optional<Path> fileOf(
      NodeConfig config, Settings settings, Path stateFolder, boolean isRead) {
    Path own =
        stateFolder
            .resolve("logs")
            .resolve(config.clusterName())
            .resolve(config.node().value() + ".log");
    return settings.find(NodeSettings.LOG_FILE).or(() -> Optional.of(own).filter(file -> isRead));
  }

  /** Only what goes wrong, on standard error: for commands that run no node. */
  public static void quiet() {
    configure("warn", Optional.empty());
  }

  /** Logs from {@code level} on to a file that is rolled, else to standard error. */
  public static void configure(String level, Optional<Path> file) {
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    if (factory instanceof LoggerContext context) {
      context.reset();
      OutputStreamAppender<ILoggingEvent> appender =
          file.map(path -> rolling(context, path)).orElseGet(() -> console(context));
      appender.setContext(context);
      appender.setEncoder(encoder(context));
      appender.start();
      ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
      root.setLevel(Level.WARN);
      root.addAppender(appender);
      LIBRARIES.forEach((name, itsLevel) -> context.getLogger(name).setLevel(itsLevel));
      context.getLogger("io.edgeshard").setLevel(Level.toLevel(level));
    }
  }

  private static PatternLayoutEncoder encoder(LoggerContext context) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setPattern(PATTERN);
    encoder.start();
    return encoder;
  }

  private static OutputStreamAppender<ILoggingEvent> console(LoggerContext context) {
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setTarget("System.err");
    return appender;
  }

  private static OutputStreamAppender<ILoggingEvent> rolling(LoggerContext context, Path path) {
    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    appender.setContext(context);
    appender.setFile(path.toString());
    FixedWindowRollingPolicy policy = new FixedWindowRollingPolicy();
    policy.setContext(context);
    policy.setParent(appender);
    policy.setFileNamePattern(path + ".%i");
    policy.setMinIndex(1);
    policy.setMaxIndex(OLD_FILES);
    policy.start();
    SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
    size.setContext(context);
    size.setMaxFileSize(new FileSize(LARGEST_FILE_BYTES));
    size.start();
    appender.setRollingPolicy(policy);
    appender.setTriggeringPolicy(size);
    return appender;
  }
}
