package io.edgeshard.verticles.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.verticles.config.NodeConfig;
import io.edgeshard.verticles.local.NodeConfigs;
import io.edgeshard.verticles.local.Secrets;
import io.edgeshard.verticles.local.TestFolders;
import io.edgeshard.verticles.local.runfile.RunFiles;
import io.edgeshard.verticles.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalClusterPlannerTest {
  @TempDir Path folder;

  private LocalClusterPlan plan(Map<String, String> typed) throws IOException {
    Path model = Files.writeString(folder.resolve("my model.gguf"), "GGUF");
    Map<String, String> flags = new HashMap<>(typed);
    flags.put("model", model.toString());
    Settings settings = TestFolders.settings(folder, flags);
    NodeConfig first =
        new NodeConfigs(settings, new RunFiles(folder), new Secrets(settings, TestFolders.TOKEN))
            .firstOfLocal();
    NodeMemory memory =
        flags.containsKey("memory") ? NodeMemory.asFound() : NodeMemory.share(3, 9000);
    return new LocalClusterPlanner(settings, flags, Optional.empty(), folder, memory).plan(first);
  }

  private static List<String> values(LocalClusterPlan plan, String flag) {
    return plan.nodes().stream()
        .flatMap(node -> node.arguments().stream())
        .filter(argument -> argument.startsWith(flag + "="))
        .map(argument -> argument.substring(flag.length() + 1))
        .toList();
  }

  @Test
  void plan_threeNodes_allListenOnTheirOwnPorts() throws IOException {
    LocalClusterPlan plan = plan(Map.of("nodes", "3", "port", "0"));
    Set<String> ports = new HashSet<>(values(plan, "--port"));
    ports.addAll(values(plan, "--cluster-port"));
    ports.addAll(values(plan, "--bus-port"));

    assertThat(plan.nodes())
        .extracting(LocalClusterPlan.Node::name)
        .containsExactly("node-1", "node-2", "node-3");
    assertThat(ports).hasSize(7).doesNotContain("0");
    assertThat(plan.url()).isEqualTo("http://127.0.0.1:" + values(plan, "--port").get(0));
  }

  @Test
  void plan_otherNodes_joinTheFirst() throws IOException {
    LocalClusterPlan plan = plan(Map.of("nodes", "2", "port", "0"));
    String first = "127.0.0.1:" + values(plan, "--cluster-port").get(0);

    assertThat(plan.nodes().get(0).arguments()).startsWith("start");
    assertThat(plan.nodes().get(1).arguments()).startsWith("join", first);
    assertThat(values(plan, "--host")).containsOnly("127.0.0.1").hasSize(2);
  }

  @Test
  void plan_flagsTyped_reachThoseTheyConcern() throws IOException {
    LocalClusterPlan plan =
        plan(
            Map.of("port", "0", "layers", "4,5", "weights", "exact", "memory", "1g", "top-k", "7"));

    assertThat(plan.nodes()).hasSize(2);
    assertThat(values(plan, "--layers")).containsExactly("4,5");
    assertThat(values(plan, "--weights")).containsExactly("exact");
    assertThat(values(plan, "--top-k")).containsExactly("7");
    assertThat(values(plan, "--memory")).containsExactly("1g", "1g");
    assertThat(values(plan, "--model")).hasSize(2).allMatch(path -> path.endsWith("my model.gguf"));
  }

  @Test
  void plan_noMemoryNamed_givesEachItsPart() throws IOException {
    assertThat(values(plan(Map.of("nodes", "3", "port", "0")), "--memory"))
        .containsExactly("3000", "3000", "3000");
  }

  @Test
  void plan_twoRuns_haveClustersOfTheirOwn() throws IOException {
    Map<String, String> flags = Map.of("nodes", "2", "port", "0");

    assertThat(values(plan(flags), "--cluster-name"))
        .doesNotContainAnyElementsOf(values(plan(flags), "--cluster-name"));
  }

  @Test
  void of_command_isThisJavaWithItsFlags() {
    List<String> command =
        NodeCommandLine.of(List.of("start", "--model=a b"), folder.resolve("tmp"));

    assertThat(command)
        .contains("-Djava.io.tmpdir=" + folder.resolve("tmp"))
        .endsWith("start", "--model=a b")
        .anyMatch(part -> part.startsWith(System.getProperty("java.home")));
  }
}
