package io.edgeshard.verticles.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.plan.PlanId;
import io.edgeshard.runtime.shard.step.Span;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FragmentsTest {
  private static final NodeId SOURCE = new NodeId("source");
  private static final NodeId OTHER = new NodeId("other-source");
  private static final int HELD_LIMIT = 4 * Fragments.MAX_BYTES;
  private final List<String> refused = new ArrayList<>();
  private final Fragments fragments =
      new Fragments(
          (fragment, code, message) -> refused.add(fragment.source() + " " + code + " " + message),
          HELD_LIMIT);

  @Test
  void cut_smallStep_isOneMessage() {
    MicroBatch step = step(0, Fragments.MAX_BYTES);
    assertThat(Fragments.cut(step)).containsExactly(step);
  }

  @Test
  void cut_largeStep_isPutTogetherAgain() {
    MicroBatch step = step(0, 3 * Fragments.MAX_BYTES + 1);
    List<MicroBatch> parts = Fragments.cut(step);
    assertThat(parts)
        .hasSize(4)
        .allSatisfy(
            part -> assertThat(part.payload().length()).isLessThanOrEqualTo(Fragments.MAX_BYTES));
    for (MicroBatch part : parts.subList(0, 3)) {
      assertThat(fragments.add(part)).isEmpty();
    }
    assertThat(fragments.add(parts.get(3))).contains(step);
  }

  @Test
  void add_twoSourcesInterleaved_keepsThemApart() {
    MicroBatch one = step(0, 2 * Fragments.MAX_BYTES);
    MicroBatch other = step(OTHER, 2 * Fragments.MAX_BYTES);
    fragments.add(Fragments.cut(one).get(0));
    fragments.add(Fragments.cut(other).get(0));
    assertThat(fragments.add(Fragments.cut(one).get(1))).contains(one);
    assertThat(fragments.add(Fragments.cut(other).get(1))).contains(other);
  }

  @Test
  void add_fragmentLost_refusesTheStepAsRetryable() {
    List<MicroBatch> parts = Fragments.cut(step(0, 3 * Fragments.MAX_BYTES));
    fragments.add(parts.get(0));
    assertThat(fragments.add(parts.get(2))).isEmpty();
    assertThat(refused)
        .singleElement()
        .asString()
        .contains("RETRYABLE", "expected fragment 1 of step 0", "found fragment 2", "lost");
    assertThat(fragments.add(parts.get(1))).isEmpty();
    assertThat(fragments.add(parts.get(2))).isEmpty();
  }

  @Test
  void add_firstFragmentLost_refusesTheStepAsRetryable() {
    List<MicroBatch> parts = Fragments.cut(step(0, 2 * Fragments.MAX_BYTES));
    assertThat(fragments.add(parts.get(1))).isEmpty();
    assertThat(refused)
        .singleElement()
        .asString()
        .contains("RETRYABLE", "expected fragment 0 of step 0", "found fragment 1");
  }

  @Test
  void add_nextStepBeforeTheRestOfTheLast_refusesTheStep() {
    MicroBatch first = step(0, 2 * Fragments.MAX_BYTES);
    fragments.add(Fragments.cut(first).get(0));
    MicroBatch next = withStep(first, 1);
    assertThat(fragments.add(Fragments.cut(next).get(0))).isEmpty();
    assertThat(refused).singleElement().asString().contains("RETRYABLE", "fragment 1 of step 0");
  }

  @Test
  void add_sameStepBegunAnew_isPutTogether() {
    MicroBatch step = step(0, 2 * Fragments.MAX_BYTES);
    List<MicroBatch> parts = Fragments.cut(step);
    fragments.add(parts.get(0));
    fragments.add(parts.get(0));
    assertThat(fragments.add(parts.get(1))).contains(step);
    assertThat(refused).isEmpty();
  }

  @Test
  void add_fragmentLargerThanAllowed_isRefusedForGood() {
    assertThat(fragments.add(step(0, Fragments.MAX_BYTES + 1))).isEmpty();
    assertThat(refused).singleElement().asString().contains("FATAL", "65536", "65537");
  }

  @Test
  void add_moreThanMayBeHeld_refusesTheStepThatHasWaitedLongest() {
    MicroBatch oldest = step(0, 4 * Fragments.MAX_BYTES);
    MicroBatch other = step(OTHER, 4 * Fragments.MAX_BYTES);
    List<MicroBatch> oldestParts = Fragments.cut(oldest);
    List<MicroBatch> otherParts = Fragments.cut(other);
    oldestParts.subList(0, 2).forEach(fragments::add);
    otherParts.subList(0, 2).forEach(fragments::add);
    assertThat(refused).isEmpty();
    fragments.add(otherParts.get(2));
    assertThat(refused)
        .singleElement()
        .asString()
        .contains(SOURCE.toString(), "CAPACITY", "ask again later");
    assertThat(fragments.add(otherParts.get(3))).contains(other);
  }

  @Test
  void add_manyBegunSteps_areBoundedInNumber() {
    for (int i = 0; i < 1025; i++) {
      fragments.add(empty(step(new NodeId("node-" + i), 1)));
    }
    assertThat(refused).singleElement().asString().contains("CAPACITY");
  }

  @Test
  void forget_source_dropsItsStepsAndWhatTheyHeld() {
    List<MicroBatch> parts = Fragments.cut(step(0, 4 * Fragments.MAX_BYTES));
    parts.subList(0, 3).forEach(fragments::add);
    fragments.forget(new NodeId("other"));
    assertThat(fragments.add(parts.get(3))).isPresent();
    parts.subList(0, 3).forEach(fragments::add);
    fragments.forget(SOURCE);
    MicroBatch later = step(0, 4 * Fragments.MAX_BYTES);
    Fragments.cut(later).subList(0, 3).forEach(fragments::add);
    assertThat(fragments.add(Fragments.cut(later).get(3))).contains(later);
    assertThat(refused).isEmpty();
  }

  @Test
  void clear_dropsEverything() {
    List<MicroBatch> parts = Fragments.cut(step(0, 4 * Fragments.MAX_BYTES));
    parts.subList(0, 3).forEach(fragments::add);
    fragments.clear();
    assertThat(fragments.add(parts.get(3))).isEmpty();
    assertThat(refused).singleElement().asString().contains("expected fragment 0");
  }

  @Test
  void add_lastFragmentOfAnotherStep_isNotMixedIn() {
    MicroBatch first = step(0, 2 * Fragments.MAX_BYTES);
    MicroBatch second = withStep(first, 1);
    fragments.add(Fragments.cut(first).get(0));
    assertThat(fragments.add(Fragments.cut(second).get(1))).isEqualTo(Optional.empty());
  }

  private static MicroBatch step(int number, int bytes) {
    return step(SOURCE, number, bytes);
  }

  private static MicroBatch step(NodeId source, int bytes) {
    return step(source, 0, bytes);
  }

  private static MicroBatch step(NodeId source, int number, int bytes) {
    byte[] payload = new byte[bytes];
    new Random(bytes).nextBytes(payload);
    return new MicroBatch(
        new StepId(new PlanId(1), number),
        source,
        1,
        List.of(new SequenceSpan(SequenceId.random(), new Span(0, 0, 1, 0))),
        MicroBatch.ElementType.FLOAT32,
        0,
        1,
        List.of(),
        Buffer.buffer(payload));
  }

  private static MicroBatch withStep(MicroBatch step, int number) {
    return copy(step, new StepId(step.step().plan(), number));
  }

  /** A first fragment without a byte, of two. */
  private static MicroBatch empty(MicroBatch step) {
    return step.withFragment(0, 2, Buffer.buffer());
  }

  private static MicroBatch copy(MicroBatch step, StepId id) {
    return new MicroBatch(
        id,
        step.source(),
        step.stage(),
        step.spans(),
        step.elementType(),
        0,
        1,
        step.traces(),
        step.payload());
  }
}
