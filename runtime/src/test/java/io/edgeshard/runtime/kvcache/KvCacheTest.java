package io.edgeshard.runtime.kvcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterTry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a budget promises, refuses and gets back. */
final class KvCacheTest {
  private static final KvCacheShape SHAPE = new KvCacheShape(2, 3, 8);

  /** Keys and values of 2 layers and 3 heads, 8 floats each. */
  private static final long TOKEN_BYTES = 2 * 2 * 3 * 8 * 4;

  private static final int BUDGET_TOKENS = 100;

  private final SequenceId first = SequenceId.random();
  private final SequenceId second = SequenceId.random();
  private final KvCache cache = new KvCache(SHAPE, BUDGET_TOKENS * TOKEN_BYTES);

  @AfterEach
  @AfterTry
  void close() {
    cache.close();
  }

  @Test
  void open_withinTheBudget_promisesAndTakesNoMemoryYet() {
    KvCacheSlot slot = cache.open(first, 40);
    assertThat(slot.promisedTokens()).isEqualTo(40);
    assertThat(slot.length()).isZero();
    assertThat(slot.keys()).isEmpty();
    assertThat(slot.values()).isEmpty();
    assertThat(cache.find(first)).isSameAs(slot);
    assertThat(cache.reservedBytes()).isEqualTo(40 * TOKEN_BYTES);
  }

  @Test
  void open_severalSequences_reservesTheSum() {
    cache.open(first, 40);
    cache.open(second, 25);
    assertThat(cache.reservedBytes()).isEqualTo(65 * TOKEN_BYTES);
  }

  @Test
  void open_justTheRestOfTheBudget_fits() {
    cache.open(first, 40);
    cache.open(second, 60);
    assertThat(cache.reservedBytes()).isEqualTo(BUDGET_TOKENS * TOKEN_BYTES);
  }

  @Test
  void open_oneTokenBeyondTheBudget_isRefusedAndChangesNothing() {
    cache.open(first, 40);
    assertThatThrownBy(() -> cache.open(second, 61))
        .isInstanceOf(KvCacheFullException.class)
        .hasMessageContainingAll(
            "expected " + 61 * TOKEN_BYTES + " bytes",
            "for 61 tokens",
            "found " + 60 * TOKEN_BYTES + " of " + BUDGET_TOKENS * TOKEN_BYTES + " left",
            "try again");
    assertThat(cache.find(second)).isNull();
    assertThat(cache.reservedBytes()).isEqualTo(40 * TOKEN_BYTES);
  }

  @Test
  void open_sequenceThatIsOpen_isRefusedAndChangesNothing() {
    KvCacheSlot slot = cache.open(first, 40);
    assertThatThrownBy(() -> cache.open(first, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(first + " open already");
    assertThat(cache.find(first)).isSameAs(slot);
    assertThat(cache.reservedBytes()).isEqualTo(40 * TOKEN_BYTES);
  }

  @Test
  void open_noCapacity_isRefused() {
    assertThatThrownBy(() -> cache.open(first, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected a capacity above 0 tokens, found 0");
    assertThat(cache.find(first)).isNull();
  }

  @Test
  void release_openSequence_makesRoomForAnother() {
    cache.open(first, BUDGET_TOKENS).reserve(BUDGET_TOKENS);
    assertThatThrownBy(() -> cache.open(second, 1)).isInstanceOf(KvCacheFullException.class);
    cache.release(first);
    assertThat(cache.find(first)).isNull();
    assertThat(cache.reservedBytes()).isZero();
    cache.open(second, BUDGET_TOKENS);
    assertThat(cache.reservedBytes()).isEqualTo(BUDGET_TOKENS * TOKEN_BYTES);
  }

  @Test
  void release_twiceOrNeverOpened_changesNothing() {
    cache.open(first, 40);
    cache.open(second, 25);
    cache.release(second);
    cache.release(second);
    cache.release(SequenceId.random());
    assertThat(cache.reservedBytes()).isEqualTo(40 * TOKEN_BYTES);
  }

  @Test
  void close_openSequences_forgetsThemAll() {
    cache.open(first, 40).reserve(1);
    cache.open(second, 25);
    cache.close();
    assertThat(cache.find(first)).isNull();
    assertThat(cache.find(second)).isNull();
    assertThat(cache.reservedBytes()).isZero();
  }

  /** Opens a sequence for each capacity, releasing the oldest ones until it fits. */
  @Property(tries = 200, seed = "6")
  void reservedBytes_anyOpensAndReleases_isTheSumOfWhatIsOpen(
      @ForAll @Size(max = 40) List<@IntRange(min = 1, max = BUDGET_TOKENS) Integer> capacities) {
    Deque<KvCacheSlot> open = new ArrayDeque<>();
    Deque<SequenceId> sequences = new ArrayDeque<>();
    for (int capacity : capacities) {
      while (promised(open) + capacity > BUDGET_TOKENS) {
        cache.release(sequences.remove());
        open.remove();
      }
      SequenceId sequence = SequenceId.random();
      open.add(cache.open(sequence, capacity));
      sequences.add(sequence);
      assertThat(cache.reservedBytes()).isEqualTo(promised(open) * TOKEN_BYTES);
    }
  }

  private static int promised(Deque<KvCacheSlot> slots) {
    return slots.stream().mapToInt(KvCacheSlot::promisedTokens).sum();
  }
}
