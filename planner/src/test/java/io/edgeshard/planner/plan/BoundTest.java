package io.edgeshard.planner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BoundTest {
  @Test
  void gap_aboveTheBound_isAPartOfIt() {
    assertThat(new Bound(11, 10).gap()).isCloseTo(0.1, within(1e-12));
  }

  @Test
  void gap_partedByRoundingAlone_isProvenBest() {
    assertThat(new Bound(10 + 1e-12, 10).gap()).isZero();
  }

  @Test
  void gap_noBound_isNotProvenBest() {
    assertThat(new Bound(10, 0).gap()).isInfinite();
  }
}
