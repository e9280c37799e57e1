package io.edgeshard.runtime.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgeshard.planner.model.LayerRange;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.runtime.ModelException;
import io.edgeshard.runtime.checkpoint.Checkpoint;
import io.edgeshard.runtime.fixture.TinyModel;
import io.edgeshard.runtime.graph.TensorNames;
import io.edgeshard.runtime.kvcache.KvCacheFullException;
import io.edgeshard.runtime.kvcache.SequenceId;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a shard refuses, and that refusing leaves it as it was. */
final class OnnxShardTest {
  private static final int CAPACITY = 10;
  private static final LayerRange FRONT = new LayerRange(0, 1);
  private static final LayerRange BACK = new LayerRange(1, 3);

  @TempDir private Path folder;
  private final SequenceId sequence = SequenceId.random();
  private Checkpoint checkpoint;
  private OnnxShard front;
  private OnnxShard back;
  private long tokenBytes;

  @BeforeEach
  void load() {
    checkpoint = Checkpoint.open(TinyModel.grouped().writeTo(folder));
    tokenBytes = checkpoint.spec().kvCacheBytesPerTokenAndLayer();
    front = load(FRONT, true, false, 2 * CAPACITY * tokenBytes);
    back = load(BACK, false, true, 4 * CAPACITY * tokenBytes);
    front.open(sequence, CAPACITY);
    back.open(sequence, CAPACITY);
    front.forward(sequence, 0, tokens(1, 2, 3), LogitRows.NONE);
  }

  @AfterEach
  void close() {
    front.close();
    back.close();
    checkpoint.close();
  }

  private OnnxShard load(LayerRange layers, boolean first, boolean last, long budgetBytes) {
    return OnnxShard.load(
        checkpoint, new ShardSpec(layers, first, last, WeightType.EXACT, 1, budgetBytes));
  }

  private static StageInput tokens(int... ids) {
    return new StageInput.TokenIds(ids);
  }

  private void assertRefused(OnnxShard shard, ThrowingCallable step, String... words) {
    int length = shard.length(sequence);
    assertThatThrownBy(step)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("expected ")
        .hasMessageContainingAll(words);
    assertThat(shard.length(sequence)).isEqualTo(length);
  }

  @Test
  void forward_sequenceNotOpen_isRefused() {
    SequenceId other = SequenceId.random();
    assertRefused(
        front,
        () -> front.forward(other, 0, tokens(1), LogitRows.NONE),
        "open sequence",
        other.toString());
    assertThat(front.length(other)).isEqualTo(-1);
  }

  @Test
  void forward_positionBeyondTheLength_isRefused() {
    assertRefused(
        front, () -> front.forward(sequence, 4, tokens(1), LogitRows.NONE), "length 3", "found 4");
    assertRefused(front, () -> front.forward(sequence, -1, tokens(1), LogitRows.NONE), "found -1");
  }

  @Test
  void forward_moreRowsThanCapacity_isRefused() {
    assertRefused(
        front,
        () -> front.forward(sequence, 3, tokens(1, 2, 3, 4, 5, 6, 7, 8), LogitRows.NONE),
        "at most 10 tokens");
  }

  @Test
  void forward_noRows_isRefused() {
    assertRefused(front, () -> front.forward(sequence, 3, tokens(), LogitRows.NONE), "found 0");
  }

  @Test
  void forward_tokenOutsideTheVocabulary_isRefused() {
    int size = checkpoint.spec().vocabularySize();
    assertRefused(
        front,
        () -> front.forward(sequence, 3, tokens(1, size), LogitRows.NONE),
        "to " + (size - 1),
        "found " + size);
    assertRefused(front, () -> front.forward(sequence, 3, tokens(-1), LogitRows.NONE), "found -1");
  }

  @Test
  void forward_wrongKindOfInput_isRefused() {
    assertRefused(
        back, () -> back.forward(sequence, 0, tokens(1), LogitRows.NONE), "hidden states");
    StageInput hidden = new StageInput.HiddenStates(1, ByteBuffer.allocateDirect(256));
    assertRefused(front, () -> front.forward(sequence, 3, hidden, LogitRows.NONE), "token ids");
  }

  @Test
  void forward_hiddenStatesOfAnotherSize_isRefused() {
    StageInput hidden = new StageInput.HiddenStates(2, ByteBuffer.allocateDirect(256));
    assertRefused(
        back, () -> back.forward(sequence, 0, hidden, LogitRows.NONE), "512 bytes", "found 256");
  }

  @Test
  void forward_hiddenStatesFromAnyBuffer_givesTheSame() {
    ByteBuffer direct = ByteBuffer.allocateDirect(256).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 64; i++) {
      direct.putFloat(4 * i, i / 10f);
    }
    ByteBuffer shifted = ByteBuffer.allocate(261).put(3, direct, 0, 256).position(3).limit(259);
    assertThat(logits(new StageInput.HiddenStates(1, shifted)))
        .isEqualTo(logits(new StageInput.HiddenStates(1, direct)));
    assertThat(shifted.remaining()).isEqualTo(256);
  }

  private float[] logits(StageInput input) {
    StageOutput output = back.forward(sequence, 0, input, LogitRows.LAST);
    float[] logits = new float[checkpoint.spec().vocabularySize()];
    if (output instanceof StageOutput.Logits last) {
      last.values().get(logits);
    }
    return logits;
  }

  @Test
  void open_beyondTheBudget_isRefusedUntilReleased() {
    SequenceId second = SequenceId.random();
    front.open(second, CAPACITY);
    assertThat(front.kvCacheReservedBytes()).isEqualTo(2 * CAPACITY * tokenBytes);
    SequenceId third = SequenceId.random();
    assertThatThrownBy(() -> front.open(third, 1))
        .isInstanceOf(KvCacheFullException.class)
        .hasMessageContaining("0 of " + 2 * CAPACITY * tokenBytes + " left");
    front.release(second);
    front.release(second);
    front.open(third, CAPACITY);
    assertThat(front.kvCacheReservedBytes()).isEqualTo(2 * CAPACITY * tokenBytes);
  }

  @Test
  void open_twice_isRefused() {
    assertThatThrownBy(() -> front.open(sequence, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("open already");
    assertThat(front.length(sequence)).isEqualTo(3);
  }

  @Test
  void load_partsThatDoNotFit_areRefused() {
    assertThatThrownBy(() -> load(new LayerRange(2, 4), false, false, 0))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("[0, 3)")
        .hasMessageContaining("[2, 4)");
    assertThatThrownBy(() -> load(new LayerRange(1, 2), true, false, 0))
        .isInstanceOf(ModelException.class);
    assertThatThrownBy(() -> load(new LayerRange(0, 2), true, true, 0))
        .isInstanceOf(ModelException.class);
  }

  @Test
  void load_embeddingCannotBeRead_givesBackAllMemory() {
    Checkpoint without = new MissingTensorCheckpoint(checkpoint, TensorNames.EMBEDDING);
    ShardSpec spec = new ShardSpec(FRONT, true, false, WeightType.EXACT, 1, 0);
    long before = directMemoryBytes();
    assertThatThrownBy(() -> OnnxShard.load(without, spec))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(TensorNames.EMBEDDING);
    assertThat(directMemoryBytes()).isLessThanOrEqualTo(before);
  }

  private static long directMemoryBytes() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }
}
