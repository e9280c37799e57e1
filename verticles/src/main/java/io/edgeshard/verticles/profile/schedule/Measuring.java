package io.edgeshard.verticles.profile.schedule;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.verticles.profile.LinkId;
import io.edgeshard.verticles.protocol.ProfileMessage.RefineStage;
import java.util.concurrent.CompletionStage;

/** How nodes are made to measure; stages end within a limit, on the caller's event loop. */
public interface Measuring {
  /**
   * Has a node measure itself; completes when it is published.
   *
   * @param fresh whether what it measured before does not count
   */
  CompletionStage<?> node(NodeId node, boolean fresh);

  /**
   * Has a node measure its link to another; completes when it is published.
   *
   * @param toMemberId the cluster's id for the receiver's process
   * @param gentle whether answers are running
   */
  CompletionStage<?> link(LinkId link, String toMemberId, boolean gentle);

  /** Tells the owner of a link what traffic showed: the time of a message of so many bytes. */
  void seen(LinkId link, int bytes, double ms);

  /** Tells a node what traffic showed: the time of a decode step in a stage of its. */
  void seen(NodeId node, RefineStage stage);
}
