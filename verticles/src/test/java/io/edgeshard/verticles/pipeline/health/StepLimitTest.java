package io.edgeshard.verticles.pipeline.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.planner.goal.Workload;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StepLimitTest {
  private static final int CHUNK = 128;
  private static final int SEQUENCES = 4;
  private final StepLimit limit = new StepLimit(new Workload(1024, SEQUENCES, CHUNK));

  @Test
  void get_nothingMeasured_isPatient() {
    assertThat(limit.get()).isEqualTo(StepLimit.UNMEASURED);
  }

  @Test
  void get_fastCluster_isTheLeast() {
    completed(Duration.ofMillis(10));
    assertThat(limit.get()).isEqualTo(StepLimit.LEAST);
  }

  @Test
  void get_slowCluster_leavesRoomForAFullChunkOfEverySequence() {
    completed(Duration.ofMillis(500));
    assertThat(limit.get()).isEqualTo(Duration.ofMillis(2L * 500 * CHUNK * SEQUENCES));
  }

  @Test
  void get_afterAChunk_stillCountsByTheOneTokenStep() {
    completed(Duration.ofMillis(100));
    Duration before = limit.get();
    completed(Duration.ofSeconds(5));
    assertThat(limit.get()).isEqualTo(before);
  }

  @Test
  void get_stepWithoutTime_isTheLeast() {
    completed(Duration.ZERO);
    assertThat(limit.get()).isEqualTo(StepLimit.LEAST);
  }

  @Test
  void get_absurdlySlow_doesNotOverflow() {
    completed(Duration.ofDays(100_000));
    assertThat(limit.get()).isGreaterThan(Duration.ofDays(100_000));
  }

  private void completed(Duration out) {
    limit.completed(out.toNanos());
  }
}
