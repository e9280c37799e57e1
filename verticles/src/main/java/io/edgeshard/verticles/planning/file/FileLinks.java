package io.edgeshard.verticles.planning.file;

import io.edgeshard.planner.cluster.LinkProfile;
import io.edgeshard.planner.cluster.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The links of a cluster file: one that holds for all pairs, and what is otherwise for some. */
final class FileLinks {
  private static final String BETWEEN = "between";
  private static final List<String> RATE = List.of("mbps", "latency-ms");
  private static final List<String> PAIR = List.of(BETWEEN, "from", "to", "mbps", "latency-ms");
  private static final double BYTES_PER_SECOND_OF_MEGABIT = 1e6 / 8;

  private final List<String> nodes;
  private final Map<Pair, LinkProfile> given = new HashMap<>();
  private final Set<Pair> oneWay = new HashSet<>();

  FileLinks(List<String> nodes) {
    this.nodes = nodes;
  }

  private record Pair(String from, String to) {}

  private record Rate(Optional<Double> mbps, Optional<Double> latencyMs) {
    LinkProfile link(Pair pair) {
      return new LinkProfile(
          new NodeId(pair.from()),
          new NodeId(pair.to()),
          latencyMs.orElse(0d),
          mbps.orElseThrow() * BYTES_PER_SECOND_OF_MEGABIT);
    }
  }

  List<LinkProfile> read(FileFields file) {
    FileFields links = file.fields("links").only(List.of("default", "pairs"));
    Rate usual = rate(links.fields("default").only(RATE));
    if (links.has("default") && usual.mbps().isEmpty()) {
      throw links.fields("default").missing("mbps");
    }
    links.items("pairs").forEach(pair -> add(pair.only(PAIR), usual));
    List<LinkProfile> all = new ArrayList<>();
    for (String from : nodes) {
      for (String to : nodes) {
        if (!from.equals(to)) {
          all.add(link(file, new Pair(from, to), usual));
        }
      }
    }
    return all;
  }

  private LinkProfile link(FileFields file, Pair pair, Rate usual) {
    LinkProfile link = given.get(pair);
    if (link == null && usual.mbps().isEmpty()) {
      throw file.fault(
          "links",
          "a link from '%s' to '%s' in 'pairs', or a 'default' that holds for it"
              .formatted(pair.from(), pair.to()),
          "neither");
    }
    return link == null ? usual.link(pair) : link;
  }

  private void add(FileFields fields, Rate usual) {
    Rate own = rate(fields);
    Rate rate = new Rate(own.mbps().or(usual::mbps), own.latencyMs().or(usual::latencyMs));
    if (rate.mbps().isEmpty()) {
      throw fields.missing("mbps");
    }
    List<Pair> pairs = fields.has(BETWEEN) ? bothWays(fields) : List.of(oneWay(fields));
    for (Pair pair : pairs) {
      boolean isTwice = given.put(pair, rate.link(pair)) != null;
      if (isTwice && (pairs.size() == 2 || !oneWay.add(pair))) {
        throw fields.fault(
            "each pair once, 'between' before 'from' and 'to'",
            "the link from '%s' to '%s' again".formatted(pair.from(), pair.to()));
      }
    }
  }

  private List<Pair> bothWays(FileFields fields) {
    List<String> ends = fields.texts(BETWEEN);
    if (ends.size() != 2 || ends.get(0).equals(ends.get(1))) {
      throw fields.fault(BETWEEN, "'between' to name two nodes", String.join(", ", ends));
    }
    ends.forEach(end -> known(fields, BETWEEN, end));
    return List.of(new Pair(ends.get(0), ends.get(1)), new Pair(ends.get(1), ends.get(0)));
  }

  private Pair oneWay(FileFields fields) {
    String from = known(fields, "from", fields.neededText("from"));
    String to = known(fields, "to", fields.neededText("to"));
    if (from.equals(to)) {
      throw fields.fault("to", "a link between two nodes", "'%s' twice".formatted(to));
    }
    return new Pair(from, to);
  }

  private String known(FileFields fields, String field, String name) {
    if (!nodes.contains(name)) {
      throw fields.unknown(field, "a node of this file", name, nodes);
    }
    return name;
  }

  private static Rate rate(FileFields fields) {
    return new Rate(
        fields.positive("mbps").stream().boxed().findFirst(),
        fields.notNegative("latency-ms").stream().boxed().findFirst());
  }
}
