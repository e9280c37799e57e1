package io.edgeshard.verticles.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.verticles.cli.terminal.ExitCodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive for machines without a checkout: made, unpacked elsewhere, and run from there. */
class PackageIT {
  private static final Path JAR = Path.of("target", "edgeshard.jar").toAbsolutePath();
  private static final Path SCRIPTS = Document.PROJECT.resolve("scripts");
  private static final int LIMIT_SECONDS = 120;

  @TempDir Path folder;

  @Test
  void archive_unpacked_runs() throws Exception {
    Path archive = pack(JAR, "made");
    String name = archive.getFileName().toString().replace(".tar.gz", "");
    run(List.of("tar", "-xzf", archive.toString(), "-C", folder.toString()));
    Path unpacked = folder.resolve(name);
    String launcher = unpacked.resolve("bin/edgeshard").toString();

    assertThat("edgeshard-" + run(List.of(launcher, "--version")).strip().split(" ", -1)[1])
        .isEqualTo(name);
    assertThat(run(List.of(launcher, "help", "join"))).contains("HOST[:PORT]");
    assertThat(unpacked.resolve("LICENSE"))
        .hasSameTextualContentAs(Document.PROJECT.resolve("LICENSE"));
    assertThat(unpacked.resolve("INSTALL.md")).exists();
    assertThat(unpacked.resolve("systemd/edgeshard.env")).exists();
    assertThat(unpacked.resolve("systemd/edgeshard@.service"))
        .content()
        .contains(
            "/opt/edgeshard/bin/edgeshard %i",
            "EnvironmentFile=/etc/edgeshard/%i.env",
            "RestartPreventExitStatus=" + ExitCodes.USAGE + "\n");
  }

  @Test
  void archive_madeAgain_isTheSame() throws Exception {
    Path jar = Files.writeString(folder.resolve("small.jar"), "any bytes");

    assertThat(pack(jar, "one")).hasSameBinaryContentAs(pack(jar, "two"));
  }

  private Path pack(Path jar, String where) throws IOException, InterruptedException {
    String script = SCRIPTS.resolve("package.sh").toString();
    return Path.of(run(List.of(script, folder.resolve(where).toString()), jar).strip());
  }

  private String run(List<String> command) throws IOException, InterruptedException {
    return run(command, Path.of(""));
  }

  /** What a program prints; an empty path names no jar. */
  private String run(List<String> command, Path jar) throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "out", ".log");
    Path errors = Files.createTempFile(folder, "err", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
    builder.environment().put("EDGESHARD_JAR", jar.toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    try {
      assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("%s", command).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as("%s: %s", command, Files.readString(errors)).isZero();
    return Files.readString(output);
  }
}
