package io.edgeshard.verticles.cli.terminal;

import io.edgeshard.verticles.local.node.ClusterView;
import io.edgeshard.verticles.local.node.ClusterView.Share;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a person at the terminal of a node that has joined a cluster is told while it runs: what is
 * new since the last look. Not thread-safe.
 */
public final class JoinedTalk {
  private final Map<String, String> here = new TreeMap<>();
  private final Set<String> gone = new HashSet<>();
  private Optional<Share> told = Optional.empty();
  private Standing standing = Standing.NOT_YET;

  /** Whether the node that serves clients has been there. */
  private enum Standing {
    NOT_YET,
    THERE,
    CUT
  }

  /** What is new. */
  public List<String> next(ClusterView view) {
    List<String> lines = new ArrayList<>();
    cluster(view, lines);
    others(view, lines);
    if (standing == Standing.THERE && view.share().isPresent() && !view.share().equals(told)) {
      told = view.share();
      lines.add("ready: this node runs " + words(view.share().get()));
    }
    return lines;
  }

  private void cluster(ClusterView view, List<String> lines) {
    if (view.isServed() && standing != Standing.THERE) {
      lines.add(standing == Standing.CUT ? "the cluster is back" : entered(view));
      standing = Standing.THERE;
    } else if (!view.isServed() && standing == Standing.THERE) {
      String whose =
          view.first().isEmpty() ? "" : ": '" + view.first() + "', which serves it, has left";
      lines.add("the cluster is gone" + whose);
      lines.add("  this node goes on and takes part again once it is back; Ctrl-C ends this node");
      standing = Standing.CUT;
    }
  }

  private static String entered(ClusterView view) {
    String whose = view.first().isEmpty() ? "" : " of '" + view.first() + "'";
    String page = view.page().isEmpty() ? "" : ", whose page is " + view.page();
    String share = view.share().isEmpty() ? "; this node has no layers yet" : "";
    return "in the cluster" + whose + page + share;
  }

  /** The node that serves clients is told of as the cluster. */
  private void others(ClusterView view, List<String> lines) {
    for (Map.Entry<String, String> known : here.entrySet()) {
      String node = known.getKey();
      if (!view.others().containsKey(node)) {
        gone.add(node);
        if (!node.equals(view.first())) {
          lines.add("node '%s' is gone; on its machine this brings it back:".formatted(node));
          lines.add("  " + known.getValue());
        }
      }
    }
    here.clear();
    here.putAll(view.others());
    for (String node : view.others().keySet()) {
      if (gone.remove(node) && !node.equals(view.first())) {
        lines.add("node '" + node + "' is back");
      }
    }
  }

  /** Layers are counted from 0, the last one included. */
  private static String words(Share share) {
    String head = share.hasHead() ? "the head" : "";
    if (share.layerEnd() == share.layerStart()) {
      return head;
    }
    int last = share.layerEnd() - 1;
    String layers =
        last == share.layerStart() ? "layer " + last : "layers " + share.layerStart() + "-" + last;
    return head.isEmpty() ? layers : layers + " and " + head;
  }
}
