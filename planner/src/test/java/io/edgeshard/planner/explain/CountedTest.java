package io.edgeshard.planner.explain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountedTest {
  @Test
  void of_oneAndMore_areSaidAsPeopleDo() {
    assertThat(Counted.of(1, "node")).isEqualTo("1 node");
    assertThat(Counted.of(0, "node")).isEqualTo("0 nodes");
    assertThat(Counted.of(1, "micro-batch")).isEqualTo("1 micro-batch");
    assertThat(Counted.of(3, "micro-batch")).isEqualTo("3 micro-batches");
  }
}
