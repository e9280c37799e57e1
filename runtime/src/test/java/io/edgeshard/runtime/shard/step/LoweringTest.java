package io.edgeshard.runtime.shard.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoweringTest {
  private static final int NOBODY = Run.NOBODY;
  private final Lowering lowering = new Lowering(8);

  private List<Run> lower(Span... spans) {
    return lowering.lower(List.of(spans), IntStream.range(0, spans.length).boxed().toList());
  }

  private static Span row(int slot) {
    return new Span(slot, 7, 1, 1);
  }

  @Test
  void lower_rowsOfNeighbours_areOneRunInTheOrderOfSlots() {
    assertThat(lower(row(2), row(0), row(1))).containsExactly(new Run(0, 1, List.of(1, 2, 0)));
  }

  @Test
  void lower_fewFreeSlotsBetween_computeForNobody() {
    assertThat(lower(row(1), row(4))).containsExactly(new Run(1, 1, List.of(0, NOBODY, NOBODY, 1)));
  }

  @Test
  void lower_manyFreeSlotsBetween_areARunMore() {
    assertThat(lower(row(1), row(5)))
        .containsExactly(new Run(1, 1, List.of(0)), new Run(5, 1, List.of(1)));
  }

  @Test
  void lower_neighboursInDifferentBanks_areARunEach() {
    assertThat(lower(row(7), row(8)))
        .containsExactly(new Run(7, 1, List.of(0)), new Run(8, 1, List.of(1)));
  }

  @Test
  void lower_chunks_areRunsOfTheirOwnBehindTheRows() {
    Span chunk = new Span(0, 0, 16, 0);
    Span other = new Span(2, 16, 3, 1);
    assertThat(lower(chunk, row(1), other))
        .containsExactly(
            new Run(1, 1, List.of(1)), new Run(0, 16, List.of(0)), new Run(2, 3, List.of(2)));
  }

  @Test
  void lower_spansNotWanted_areLeftOut() {
    List<Span> spans = List.of(row(0), row(1), new Span(2, 0, 4, 0));
    assertThat(lowering.lower(spans, List.of(1))).containsExactly(new Run(1, 1, List.of(1)));
    assertThat(lowering.lower(spans, List.of())).isEmpty();
  }
}
