package io.edgeshard.verticles.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PlanWordsTest {
  private static List<String> golden(String name) throws IOException {
    try (InputStream text =
        Objects.requireNonNull(PlanWordsTest.class.getResourceAsStream("/plan/" + name))) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static void isGolden(List<String> lines, String name) throws IOException {
    assertThat(lines).containsExactlyElementsOf(golden(name));
    assertThat(lines).allMatch(line -> line.length() <= 100);
  }

  @Test
  void of_servedPlan_isExplainedOnOneScreen() throws IOException {
    isGolden(PlanWords.of(PlanFixtures.served()), "served.txt");
  }

  @Test
  void of_servedLongerThanUsual_setsLikeBesideLike() {
    assertThat(String.join("\n", PlanWords.of(PlanFixtures.servedLonger())))
        .contains("stages and hops for 3000 and 40, as served lately")
        .containsPattern("predicted for what was served +4000 ms +60\\.0 ms")
        .containsPattern("measured +160\\.0 ms +47\\.5 ms");
  }

  @Test
  void of_singleNode_hasNoHopsAndItsEnergy() throws IOException {
    isGolden(PlanWords.of(PlanFixtures.alone()), "alone.txt");
  }

  @Test
  void difference_otherStages_isInMsAndPercentWithBothSplits() throws IOException {
    isGolden(PlanDifference.of(PlanFixtures.imagined(), PlanFixtures.alone()), "difference.txt");
  }

  @Test
  void difference_samePlan_saysSo() {
    assertThat(PlanDifference.of(PlanFixtures.served(), PlanFixtures.imagined()))
        .contains("  the same nodes would run the same layers")
        .anyMatch(line -> line.matches(" +TPOT ms +45\\.7 +45\\.7 +\\+0\\.00 +\\+0\\.0 %"));
  }

  @Test
  void profile_nodesAndLinks_standInTables() throws IOException {
    isGolden(ProfileWords.of(PlanFixtures.served()), "profile.txt");
  }
}
