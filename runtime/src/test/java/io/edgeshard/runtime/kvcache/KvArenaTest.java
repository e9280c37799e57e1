package io.edgeshard.runtime.kvcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.runtime.NativeMemory;
import org.junit.jupiter.api.Test;

class KvArenaTest {
  private static final KvShape SHAPE = new KvShape(2, 1, 8, 5, 4);

  @Test
  void keysAndValues_slotsInSeveralBanks_doNotShareMemory() {
    try (KvArena arena = new KvArena(SHAPE, 2 * SHAPE.slotBytes())) {
      assertThat(arena.slotsInBank()).isEqualTo(2);
      for (int slot = 0; slot < SHAPE.slots(); slot++) {
        for (int layer = 0; layer < SHAPE.layers(); layer++) {
          arena.keys(layer, slot, 1).putInt(0, 100 * slot + 10 * layer);
          arena.values(layer, slot, 1).putInt(0, 100 * slot + 10 * layer + 1);
        }
      }
      for (int slot = 0; slot < SHAPE.slots(); slot++) {
        for (int layer = 0; layer < SHAPE.layers(); layer++) {
          assertThat(arena.keys(layer, slot, 1).getInt(0)).isEqualTo(100 * slot + 10 * layer);
          assertThat(arena.values(layer, slot, 1).getInt(0)).isEqualTo(100 * slot + 10 * layer + 1);
        }
      }
      int slotBytes = (int) SHAPE.slotBytes();
      assertThat(arena.keys(1, 2, 2).remaining()).isEqualTo(2 * slotBytes);
      assertThat(arena.keys(1, 2, 2).getInt(slotBytes)).isEqualTo(310);
    }
  }

  @Test
  void slotsInBank_slotLargerThanABank_isOne() {
    try (KvArena arena = new KvArena(SHAPE, 1)) {
      assertThat(arena.slotsInBank()).isEqualTo(1);
    }
  }

  @Test
  void heldBytes_countTokensNotCapacity() {
    try (KvArena arena = new KvArena(SHAPE)) {
      assertThat(arena.heldBytes()).isZero();
      arena.setLength(0, 3);
      arena.setLength(4, 1);
      assertThat(arena.heldBytes()).isEqualTo(4 * SHAPE.tokenBytes());
    }
  }

  @Test
  void close_givesBackAllMemory() {
    long before = NativeMemory.allocatedBytes();
    KvArena arena = new KvArena(SHAPE, 2 * SHAPE.slotBytes());
    assertThat(NativeMemory.allocatedBytes())
        .isEqualTo(before + 2L * SHAPE.layers() * SHAPE.slots() * SHAPE.slotBytes());
    arena.close();
    assertThat(NativeMemory.allocatedBytes()).isEqualTo(before);
  }
}
