package io.edgeshard.verticles.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgeshard.verticles.config.JoinToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "files have no owner-only permissions there")
class SecretsTest {
  private static final String GIVEN = "0123456789abcdef0123456789abcdef";

  @TempDir Path folder;

  private Secrets tokens(Map<String, String> environment) {
    return new Secrets(
        TestFolders.settings(folder, Map.of("token-file", file().toString())), environment);
  }

  private Path file() {
    return folder.resolve("made").resolve("token");
  }

  @Test
  void ofFirst_noFile_makesOneForItsOwnerAlone() throws IOException {
    JoinToken made = tokens(Map.of()).ofFirst();
    assertThat(Files.readString(file()).strip()).isEqualTo(made.reveal());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(tokens(Map.of()).ofFirst().reveal()).isEqualTo(made.reveal());
    assertThat(tokens(Map.of()).ofJoining(Duration.ZERO).reveal()).isEqualTo(made.reveal());
    try (Stream<Path> files = Files.list(file().getParent())) {
      assertThat(files).containsExactly(file());
    }
  }

  @Test
  void ofFirst_manyAtOnce_haveTheSame() {
    List<String> made =
        IntStream.range(0, 16)
            .parallel()
            .mapToObj(i -> tokens(Map.of()).ofFirst().reveal())
            .toList();
    assertThat(made).hasSize(16).containsOnly(made.get(0));
  }

  @Test
  void ofJoining_noFile_saysWhereItIsOnTheFirstMachine() {
    assertThatThrownBy(() -> tokens(Map.of()).ofJoining(Duration.ZERO))
        .hasMessageContaining("EDGESHARD_TOKEN")
        .hasMessageContaining(file().toString())
        .hasMessageContaining("first node");
    assertThat(file()).doesNotExist();
  }

  @Test
  void ofJoining_firstNodeIsAboutToMakeIt_waitsForIt() {
    CompletableFuture<JoinToken> joining =
        CompletableFuture.supplyAsync(() -> tokens(Map.of()).ofJoining(Duration.ofMinutes(1)));
    JoinToken made = tokens(Map.of()).ofFirst();
    assertThat(joining.join().reveal()).isEqualTo(made.reveal());
  }

  @Test
  void ofJoining_readableByOthers_isRefused() throws IOException {
    tokens(Map.of()).ofFirst();
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> tokens(Map.of()).ofJoining(Duration.ZERO))
        .hasMessageContaining("expected a file that only its owner can read")
        .hasMessageContaining("chmod 600 " + file());
  }

  @Test
  void ofJoining_fileOfSomethingElse_isRefusedWithItsName() throws IOException {
    tokens(Map.of()).ofFirst();
    Files.writeString(file(), "\n");
    assertThatThrownBy(() -> tokens(Map.of()).ofJoining(Duration.ZERO))
        .hasMessageStartingWith(file() + ": expected a join token");
  }

  @Test
  void ofJoining_fileCannotBeRead_isOneSentence() throws IOException {
    Files.createDirectories(file());
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rwx------"));
    assertThatThrownBy(() -> tokens(Map.of()).ofFirst()).hasMessageContaining(file().toString());
  }

  @Test
  void environment_winsOverTheUsualFileAndAFlagOverIt() {
    Map<String, String> environment = Map.of(Secrets.VARIABLE, GIVEN);
    Secrets usual = new Secrets(TestFolders.settings(folder, Map.of()), environment);
    assertThat(usual.ofFirst().reveal()).isEqualTo(GIVEN);
    assertThat(usual.ofJoining(Duration.ZERO).reveal()).isEqualTo(GIVEN);
    assertThat(tokens(environment).ofFirst().reveal()).isNotEqualTo(GIVEN);
  }

  @Test
  void environment_mistyped_isRefusedByNameOfItsVariable() {
    Secrets mistyped =
        new Secrets(TestFolders.settings(folder, Map.of()), Map.of(Secrets.VARIABLE, "short"));
    assertThatThrownBy(() -> mistyped.ofJoining(Duration.ZERO))
        .hasMessageStartingWith("EDGESHARD_TOKEN in the environment: expected a join token");
  }
}
