package io.edgeshard.verticles.profile.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.verticles.membership.NodeInfo;
import io.edgeshard.verticles.profile.LinkMeasurement;
import io.edgeshard.verticles.profile.NodeMeasurement;
import io.edgeshard.verticles.profile.Published;
import io.edgeshard.verticles.protocol.ProfileMessage.MeasureLink;
import io.edgeshard.verticles.protocol.ProfileMessage.RefineLink;
import io.edgeshard.verticles.protocol.ProfileMessage.RefineStage;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OwnMeasurementsTest {
  private static final NodeId SELF = new NodeId("a");
  private static final RefineStage SLOW = new RefineStage(30, false, false, 80, 500);

  private final OwnMeasurements own = new OwnMeasurements(SELF, "member-a");
  private final NodeMeasurement measured =
      Published.node(new NodeInfo("a", "member-a", "127.0.0.1", 1 << 20, 2, ""), "machine");

  @Test
  void refined_stageBeforeAnythingWasMeasured_isNothing() {
    assertThat(own.refined(SLOW)).isEmpty();
  }

  @Test
  void refined_slowStage_isWhatTheNodeSaysOfItselfFromThenOn() {
    own.measured(measured);
    NodeMeasurement refined = own.refined(SLOW).orElseThrow();
    assertThat(refined.served()).isGreaterThan(1);
    assertThat(own.self()).contains(refined);
  }

  @Test
  void measured_anewAfterTraffic_stillCountsWhatWasServed() {
    own.measured(measured);
    double served = own.refined(SLOW).orElseThrow().served();
    assertThat(own.measured(measured).served()).isEqualTo(served);
  }

  @Test
  void refined_wayWithinTheNode_movesItsLatency() {
    own.measured(
        new MeasureLink(SELF, "member-a", 2304, false), new LinkMeter.Figures(1, 1e9, 0.1));
    LinkMeasurement refined = own.refined(new RefineLink(SELF, 4, 3)).orElseThrow();
    assertThat(refined.latencyMs()).isBetween(1.5, 2.5);
    own.forgetLinksExceptTo(Set.of());
    assertThat(own.links()).isEmpty();
  }
}
