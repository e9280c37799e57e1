package io.edgeshard.verticles.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgeshard.planner.model.WeightType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  private static final Map<String, String> NOTHING = Map.of();

  @TempDir Path folder;
  private UserFolders folders = UserFolders.ofThisUser();

  @BeforeEach
  void useOwnFolders() {
    folders = new UserFolders(folder, folder.resolve("state"), folder.resolve("cache"));
  }

  private Settings resolve(Map<String, String> flags, Map<String, String> environment) {
    return Settings.resolve(
        SettingSources.open(flags, environment, Optional.empty(), folders), Map.of());
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void get_nobodySetIt_isTheDefault() {
    Settings settings = resolve(NOTHING, NOTHING);

    assertThat(settings.get(NodeSettings.PORT)).isEqualTo(8080);
    assertThat(settings.get(NodeSettings.CLUSTER_PORT)).isEqualTo(5701);
    assertThat(settings.get(NodeSettings.BUS_PORT)).isEqualTo(5702);
    assertThat(settings.get(NodeSettings.WEIGHTS)).isEqualTo(WeightType.FAST);
    assertThat(settings.get(NodeSettings.JOIN_TIMEOUT)).isEqualTo(Duration.ofSeconds(60));
    assertThat(settings.find(NodeSettings.MEMORY)).isEmpty();
    assertThat(settings.origin(NodeSettings.PORT)).isEqualTo(Origin.DEFAULT);
  }

  @Test
  void get_setInThreePlaces_flagWinsOverVariableOverFile() throws IOException {
    Path path = file("config.properties", "port = 1\ncluster-port = 2\nbus-port = 3\n");
    Settings settings =
        resolve(
            Map.of("port", "11"), Map.of("EDGESHARD_PORT", "21", "EDGESHARD_CLUSTER_PORT", "22"));

    assertThat(settings.get(NodeSettings.PORT)).isEqualTo(11);
    assertThat(settings.get(NodeSettings.CLUSTER_PORT)).isEqualTo(22);
    assertThat(settings.get(NodeSettings.BUS_PORT)).isEqualTo(3);
    assertThat(settings.origin(NodeSettings.PORT)).hasToString("--port");
    assertThat(settings.origin(NodeSettings.CLUSTER_PORT))
        .hasToString("EDGESHARD_CLUSTER_PORT in the environment");
    assertThat(settings.origin(NodeSettings.BUS_PORT)).hasToString("bus-port in " + path);
  }

  @Test
  void get_variableIsEmpty_countsAsNotSet() {
    assertThat(resolve(NOTHING, Map.of("EDGESHARD_PORT", "")).get(NodeSettings.PORT))
        .isEqualTo(8080);
  }

  @Test
  void open_fileNamedByFlagOrVariable_winsOverTheUsualOne() throws IOException {
    file("config.properties", "port = 1");
    Path other = file("other.yaml", "port: 2");
    Path another = file("another.yml", "port: 3");

    SettingSources byFlag =
        SettingSources.open(
            NOTHING,
            Map.of(SettingSources.CONFIG_VARIABLE, another.toString()),
            Optional.of(other),
            folders);
    SettingSources byVariable =
        SettingSources.open(
            NOTHING,
            Map.of(SettingSources.CONFIG_VARIABLE, another.toString()),
            Optional.empty(),
            folders);

    assertThat(Settings.resolve(byFlag, Map.of()).get(NodeSettings.PORT)).isEqualTo(2);
    assertThat(Settings.resolve(byVariable, Map.of()).get(NodeSettings.PORT)).isEqualTo(3);
  }

  @Test
  void resolve_yaml_readsListsAndNumbers() throws IOException {
    file("config.yaml", "layers: [10, 11, 9]\nmemory: 1.5GiB\nweights: exact\n");
    Settings settings = resolve(NOTHING, NOTHING);

    assertThat(settings.find(NodeSettings.LAYERS)).contains(List.of(10, 11, 9));
    assertThat(settings.find(NodeSettings.MEMORY)).contains(1536L << 20);
    assertThat(settings.get(NodeSettings.WEIGHTS)).isEqualTo(WeightType.EXACT);
  }

  @Test
  void resolve_emptyYaml_isNoSettings() throws IOException {
    file("config.yaml", "# nothing yet\n");

    assertThat(resolve(NOTHING, NOTHING).get(NodeSettings.PORT)).isEqualTo(8080);
  }

  @Test
  void resolve_unknownKey_isNamedWithNearOnes() throws IOException {
    Path path = file("config.properties", "clusterport = 5701");

    assertThatThrownBy(() -> resolve(NOTHING, NOTHING))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            path + ": expected only known keys, found 'clusterport': did you mean cluster-port?");
  }

  @Test
  void resolve_unknownKeyLikeNoOther_namesAllKnown() throws IOException {
    file("config.yaml", "zzzzzzzzzzzz: 1");

    assertThatThrownBy(() -> resolve(NOTHING, NOTHING))
        .hasMessageContaining("found 'zzzzzzzzzzzz': known keys are allow-origin, allow-slower, ");
  }

  @Test
  void resolve_namedFileIsMissing_saysWhere() {
    Path missing = folder.resolve("none.yaml");

    assertThatThrownBy(() -> SettingSources.open(NOTHING, NOTHING, Optional.of(missing), folders))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "expected a configuration file at "
                + missing
                + ", found none: correct --config or EDGESHARD_CONFIG");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: [1|expected a YAML mapping of key: value",
        "- 1|expected a YAML mapping of key: value",
        "port: {a: 1}|expected one value for 'port', found {\"a\":1}",
        "port:|expected one value for 'port', found null"
      })
  void resolve_yamlOfAnotherForm_saysWhatWasExpected(String text, String sentence)
      throws IOException {
    file("config.yaml", text);

    assertThatThrownBy(() -> resolve(NOTHING, NOTHING))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void resolve_fileIsNotText_saysSo() throws IOException {
    Files.write(folder.resolve("config.properties"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

    assertThatThrownBy(() -> resolve(NOTHING, NOTHING)).hasMessageContaining("expected UTF-8 text");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "port|70000|expected a port of 0 to 65535, found '70000'",
        "port|eighty|expected a port of 0 to 65535, found 'eighty'",
        "cluster-port|0|expected a port of 1 to 65535, found '0'",
        "nodes|0|expected a number of nodes of 1 to 256, found '0'",
        "nodes|99999999999|expected a number of nodes of 1 to 256, found '99999999999'",
        "weights|int4|expected a weight type of exact, fast or float32, found 'int4'",
        "layers|10,,10|expected a number of layers of 1 to 10000, found ''",
        "layers|10,x|expected a number of layers of 1 to 10000, found 'x'",
        "memory|much|expected a size above 0 such as 512m, 2g or 1.5GiB, found 'much'",
        "memory|2|expected a size with its unit, such as 512m or 2g, found '2', which is 2 B: less"
            + " than a process needs",
        "allow-origin|chat.example|expected an origin such as https://chat.example or"
            + " http://localhost:3000, found 'chat.example'",
        "allow-origin|https://a.b/path|expected an origin such as https://chat.example or"
            + " http://localhost:3000, found 'https://a.b/path'",
        "memory|0|expected a size above 0 such as 512m, 2g or 1.5GiB, found '0'",
        "name|a b|expected a name of 1 to 64 letters, digits, '-', '_' or '.', found 'a b'",
        "host|' '|expected a value, found nothing",
        "log-level|loud|expected one of error, warn, info, debug, trace, found 'loud'",
        "join-timeout|soon|expected a time above 0 such as 90s, 2m or 1m30s, found 'soon'",
        "join-timeout|-1s|expected a time above 0 such as 90s, 2m or 1m30s, found '-1s'",
        "join-timeout|0s|expected a time above 0 such as 90s, 2m or 1m30s, found '0s'"
      })
  void resolve_badFlag_saysExpectedFoundAndWhere(String key, String text, String sentence) {
    assertThatThrownBy(() -> resolve(Map.of(key, text), NOTHING))
        .isInstanceOf(SettingsException.class)
        .hasMessage("--" + key + ": " + sentence);
  }

  @Test
  void resolve_badVariableOrKey_namesThePlaceToChange() throws IOException {
    Path path = file("config.properties", "port = x");

    assertThatThrownBy(() -> resolve(NOTHING, NOTHING))
        .hasMessage("port in " + path + ": expected a port of 0 to 65535, found 'x'");
    assertThatThrownBy(() -> resolve(NOTHING, Map.of("EDGESHARD_PORT", "y")))
        .hasMessage("EDGESHARD_PORT in the environment: expected a port of 0 to 65535, found 'y'");
  }

  @Test
  void find_pathBelowTheTilde_isInTheHomeFolder() {
    assertThat(resolve(NOTHING, Map.of("EDGESHARD_MODEL", "~/m.gguf")).find(NodeSettings.MODEL))
        .contains(Path.of(System.getProperty("user.home"), "m.gguf"));
  }

  @Test
  void allWithDefaults_foundByTheProgram_showsThemAsDefaultsOnly() {
    Settings settings = resolve(Map.of("name", "attic"), NOTHING);
    Map<String, SettingValue> all =
        settings.allWithDefaults(
            Map.of(NodeSettings.NAME, "other", NodeSettings.HOST, "127.0.0.1"));

    assertThat(all.get("name")).hasToString("SettingValue[text=attic, origin=--name]");
    assertThat(all.get("host")).isEqualTo(new SettingValue("127.0.0.1", Origin.DEFAULT));
    assertThat(all).doesNotContainKey("memory");
    assertThat(all.keySet()).containsSubsequence("name", "cluster-name", "host", "port");
  }

  @Test
  void all_table_hasEveryKeyOnce() {
    assertThat(NodeSettings.ALL.stream().map(Setting::key)).doesNotHaveDuplicates();
    assertThat(NodeSettings.ALL)
        .allSatisfy(setting -> assertThat(setting.description()).endsWith("."));
  }
}
