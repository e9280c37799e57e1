package io.edgeshard.runtime.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgeshard.runtime.session.EngineVersion;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProcessorTest {
  @Test
  void current_thisMachine_hasANameAndCoresWithinTheMachines() {
    Processor processor = Processor.current();
    assertThat(processor.model()).isNotBlank();
    assertThat(processor.cores())
        .isPositive()
        .isLessThanOrEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(processor.instructionSet()).isSorted();
  }

  @Test
  void new_noCores_isRefused() {
    assertThatThrownBy(() -> new Processor("x", 0, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("expected ");
  }

  @Test
  void engineVersion_isOneOfOnnxRuntime() {
    assertThat(EngineVersion.current()).matches("\\d+\\.\\d+\\.\\d+");
  }
}
