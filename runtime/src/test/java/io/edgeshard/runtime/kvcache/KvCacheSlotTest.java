package io.edgeshard.runtime.kvcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a slot takes memory, and that what it holds stays when it takes more. */
final class KvCacheSlotTest {
  private static final KvCacheShape SHAPE = new KvCacheShape(2, 3, 8);
  private static final int PROMISED = 1000;

  private final KvCacheSlot slot = new KvCacheSlot(SHAPE, PROMISED);

  @AfterEach
  void close() {
    slot.close();
  }

  @Test
  void hasRoom_beforeTheFirstReserve_isFalse() {
    assertThat(slot.hasRoom(1)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"1,128", "128,128", "129,256", "257,512", "513,1000", "1000,1000", "2000,1000"})
  void reserve_soManyTokens_takesTwiceAsMuchUntilThePromise(int tokens, int capacity) {
    slot.reserve(tokens);
    assertThat(slot.keys()).hasSize(2).allMatch(keys -> keys.capacityTokens() == capacity);
    assertThat(slot.values()).hasSize(2).allMatch(values -> values.capacityTokens() == capacity);
    assertThat(slot.keys().get(0).buffer().capacity()).isEqualTo(capacity * 3 * 8 * 4);
    assertThat(slot.hasRoom(capacity)).isTrue();
    assertThat(slot.hasRoom(capacity + 1)).isFalse();
  }

  @Test
  void reserve_smallPromise_takesNoMoreThanIt() {
    try (KvCacheSlot small = new KvCacheSlot(SHAPE, 10)) {
      small.reserve(1);
      assertThat(small.values().get(0).capacityTokens()).isEqualTo(10);
    }
  }

  @Test
  void reserve_whatThereIsRoomFor_keepsTheMemory() {
    slot.reserve(200);
    ByteBuffer before = slot.keys().get(1).buffer();
    slot.reserve(3);
    assertThat(slot.keys().get(1).buffer()).isSameAs(before);
  }

  @Test
  void reserve_beyondTheMemory_keepsEachHeadsTokens() {
    slot.reserve(128);
    for (int layer = 0; layer < 2; layer++) {
      fill(slot.keys().get(layer), 100 + layer);
      fill(slot.values().get(layer), 200 + layer);
    }
    slot.commit(128);

    slot.reserve(300);

    assertThat(slot.length()).isEqualTo(128);
    for (int layer = 0; layer < 2; layer++) {
      assertHolds(slot.keys().get(layer), 128, 100 + layer);
      assertHolds(slot.values().get(layer), 128, 200 + layer);
    }
  }

  @Test
  void reserve_stepThatWasNotCommitted_isForgotten() {
    slot.reserve(128);
    fill(slot.keys().get(0), 100);
    slot.commit(5);
    slot.reserve(129);
    assertHolds(slot.keys().get(0), 5, 100);
  }

  /** Writes to every place what tells tensor, head, token and dimension apart. */
  private static void fill(KvTensor tensor, int tag) {
    for (int head = 0; head < 3; head++) {
      for (int token = 0; token < tensor.capacityTokens(); token++) {
        for (int dimension = 0; dimension < 8; dimension++) {
          tensor
              .buffer()
              .putInt(at(tensor, head, token, dimension), value(tag, head, token, dimension));
        }
      }
    }
  }

  /** The first tokens of each head are those of {@link #fill}, and the rest is zero. */
  private static void assertHolds(KvTensor tensor, int tokens, int tag) {
    for (int head = 0; head < 3; head++) {
      for (int token = 0; token < tensor.capacityTokens(); token++) {
        for (int dimension = 0; dimension < 8; dimension++) {
          assertThat(tensor.buffer().getInt(at(tensor, head, token, dimension)))
              .as("head %d token %d dimension %d", head, token, dimension)
              .isEqualTo(token < tokens ? value(tag, head, token, dimension) : 0);
        }
      }
    }
  }

  private static int at(KvTensor tensor, int head, int token, int dimension) {
    return Integer.BYTES * ((head * tensor.capacityTokens() + token) * 8 + dimension);
  }

  private static int value(int tag, int head, int token, int dimension) {
    return ((tag * 3 + head) * PROMISED + token) * 8 + dimension;
  }
}
