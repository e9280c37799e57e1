package io.edgeshard.runtime.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgeshard.planner.model.LayerRange;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.runtime.ModelException;
import io.edgeshard.runtime.NativeMemory;
import io.edgeshard.runtime.checkpoint.Checkpoint;
import io.edgeshard.runtime.fixture.TinyModel;
import io.edgeshard.runtime.graph.TensorNames;
import io.edgeshard.runtime.shard.step.Span;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a shard refuses, and that refusing leaves it as it was. */
final class OnnxShardTest {
  private static final int SLOT = 1;
  private static final int CAPACITY = 10;
  private static final ShardSpec.Slots SLOTS = new ShardSpec.Slots(3, CAPACITY);
  private static final LayerRange FRONT = new LayerRange(0, 1);
  private static final LayerRange BACK = new LayerRange(1, 3);

  @TempDir private Path folder;
  private Checkpoint checkpoint;
  private OnnxShard front;
  private OnnxShard back;

  @BeforeEach
  void load() {
    checkpoint = Checkpoint.open(TinyModel.grouped().writeTo(folder));
    front = load(FRONT, true, false);
    back = load(BACK, false, true);
    front.forward(List.of(new Span(SLOT, 0, 3, 0)), tokens(1, 2, 3));
  }

  @AfterEach
  void close() {
    front.close();
    back.close();
    checkpoint.close();
  }

  private OnnxShard load(LayerRange layers, boolean first, boolean last) {
    return OnnxShard.load(
        checkpoint, new ShardSpec(layers, first, last, WeightType.EXACT, 1, SLOTS));
  }

  private static StageInput tokens(int... ids) {
    return new StageInput.TokenIds(ids);
  }

  private static void assertRefused(OnnxShard shard, Span span, StageInput input, String... words) {
    int length = shard.length(SLOT);
    StageOutput output = shard.forward(List.of(span), input).get(0);
    assertThat(output).isInstanceOf(StageOutput.Failed.class);
    assertThat(((StageOutput.Failed) output).reason())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("expected ")
        .hasMessageContainingAll(words);
    assertThat(shard.length(SLOT)).isEqualTo(length);
  }

  @Test
  void forward_slotThatIsNotThere_isRefused() {
    assertRefused(front, new Span(3, 0, 1, 0), tokens(1), "0 to 2", "found one of slot 3");
  }

  @Test
  void forward_positionBeyondTheLength_isRefused() {
    assertRefused(front, new Span(SLOT, 4, 1, 0), tokens(1), "length 3", "found 4");
    assertRefused(front, new Span(SLOT, -1, 1, 0), tokens(1), "found -1");
  }

  @Test
  void forward_moreRowsThanCapacity_isRefused() {
    assertRefused(
        front, new Span(SLOT, 3, 8, 0), tokens(1, 2, 3, 4, 5, 6, 7, 8), "at most 10 tokens");
  }

  @Test
  void forward_tokenOutsideTheVocabulary_isRefused() {
    int size = checkpoint.spec().vocabularySize();
    assertRefused(
        front, new Span(SLOT, 3, 2, 0), tokens(1, size), "to " + (size - 1), "found " + size);
    assertRefused(front, new Span(SLOT, 3, 1, 0), tokens(-1), "found -1");
  }

  @Test
  void forward_oneSpanThatCannotBeComputed_theOthersAre() {
    List<StageOutput> alone = front.forward(List.of(new Span(0, 0, 2, 0)), tokens(1, 2));
    ByteBuffer expected = copy(((StageOutput.HiddenStates) alone.get(0)).values());
    List<Span> spans = List.of(new Span(SLOT, 9, 1, 0), new Span(0, 0, 2, 0), new Span(0, 2, 1, 0));
    List<StageOutput> outputs = front.forward(spans, tokens(7, 1, 2, 3));
    assertThat(outputs.get(0)).isInstanceOf(StageOutput.Failed.class);
    assertThat(((StageOutput.HiddenStates) outputs.get(1)).values()).isEqualTo(expected);
    assertThat(outputs.get(2)).isInstanceOf(StageOutput.Failed.class);
    assertThat(front.length(0)).isEqualTo(2);
    assertThat(front.length(SLOT)).isEqualTo(3);
  }

  private static ByteBuffer copy(ByteBuffer values) {
    return ByteBuffer.allocate(values.remaining()).put(values).flip();
  }

  @Test
  void forward_wrongKindOfInput_isRefused() {
    List<Span> one = List.of(new Span(SLOT, 0, 1, 0));
    assertThatThrownBy(() -> back.forward(one, tokens(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("hidden states");
    assertThatThrownBy(() -> front.forward(one, hidden(256)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("token ids");
  }

  @Test
  void forward_inputOfAnotherSize_isRefused() {
    List<Span> two = List.of(new Span(SLOT, 0, 2, 0));
    assertThatThrownBy(() -> back.forward(two, hidden(256)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("512 bytes", "found 256");
    assertThatThrownBy(() -> front.forward(two, tokens(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("2 token ids", "found 1");
  }

  private static StageInput hidden(int bytes) {
    return new StageInput.HiddenStates(ByteBuffer.allocateDirect(bytes));
  }

  @Test
  void forward_hiddenStatesFromAnyBuffer_givesTheSame() {
    ByteBuffer direct = ByteBuffer.allocateDirect(256).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 64; i++) {
      direct.putFloat(4 * i, i / 10f);
    }
    ByteBuffer shifted = ByteBuffer.allocate(261).put(3, direct, 0, 256).position(3).limit(259);
    assertThat(logits(new StageInput.HiddenStates(shifted)))
        .isEqualTo(logits(new StageInput.HiddenStates(direct)));
    assertThat(shifted.remaining()).isEqualTo(256);
  }

  private float[] logits(StageInput input) {
    StageOutput output = back.forward(List.of(new Span(SLOT, 0, 1, 1)), input).get(0);
    float[] logits = new float[checkpoint.spec().vocabularySize()];
    if (output instanceof StageOutput.Logits last) {
      last.values().get(logits);
    }
    return logits;
  }

  @Test
  void truncate_keepsTheFirstTokensAndNoMore() {
    front.truncate(SLOT, 2);
    assertThat(front.length(SLOT)).isEqualTo(2);
    assertThat(front.kvCacheBytes())
        .isEqualTo(2 * checkpoint.spec().kvCacheBytesPerTokenAndLayer());
    assertThatThrownBy(() -> front.truncate(SLOT, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("0 to 2 tokens", "found 3");
  }

  @Test
  void load_partsThatDoNotFit_areRefused() {
    assertThatThrownBy(() -> load(new LayerRange(2, 4), false, false))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("[0, 3)")
        .hasMessageContaining("[2, 4)");
    assertThatThrownBy(() -> load(new LayerRange(1, 2), true, false))
        .isInstanceOf(ModelException.class);
    assertThatThrownBy(() -> load(new LayerRange(0, 2), true, true))
        .isInstanceOf(ModelException.class);
  }

  @Test
  void load_embeddingCannotBeRead_givesBackAllMemory() {
    Checkpoint without = new MissingTensorCheckpoint(checkpoint, TensorNames.EMBEDDING);
    ShardSpec spec = new ShardSpec(FRONT, true, false, WeightType.EXACT, 1, SLOTS);
    long before = NativeMemory.allocatedBytes();
    assertThatThrownBy(() -> OnnxShard.load(without, spec))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(TensorNames.EMBEDDING);
    assertThat(NativeMemory.allocatedBytes()).isLessThanOrEqualTo(before);
  }
}
