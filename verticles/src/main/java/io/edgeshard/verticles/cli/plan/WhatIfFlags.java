package io.edgeshard.verticles.cli.plan;

import io.edgeshard.planner.choice.NamedPlanners;
import io.edgeshard.verticles.settings.NodeSettings;
import io.edgeshard.verticles.settings.Origin;
import io.edgeshard.web.plan.WhatIf;
import io.edgeshard.web.plan.WhatIf.AddedDevice;
import io.edgeshard.web.plan.WhatIf.ChangedLink;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The flags that say what would be different. */
final class WhatIfFlags {
  private static final double USUAL_MEGABITS_PER_SECOND = 1000;
  private static final double USUAL_LATENCY_MS = 0.5;
  private static final double HALF = 0.5;

  @Option(
      names = "--objective",
      paramLabel = "WHAT",
      description =
          "token-time, request-time, throughput or energy. Default: that of the cluster or file.")
  private @Nullable String objective;

  @Option(
      names = "--planner",
      paramLabel = "NAME",
      completionCandidates = PlannerNames.class,
      description = "${COMPLETION-CANDIDATES}. Default: that of the cluster; best for a file.")
  private @Nullable String planner;

  @Option(
      names = "--add",
      paramLabel = "DEVICE[@MBPS[,MS]]",
      converter = Added.class,
      description =
          "Add a device of the catalogue, its links that fast, with that latency. Default: 1000"
              + " Mbit/s, 0.5 ms. May be repeated.")
  private List<AddedDevice> add = new ArrayList<>();

  @Option(
      names = "--remove",
      paramLabel = "NODE",
      description = "Without this node. May be repeated.")
  private List<String> remove = new ArrayList<>();

  @Option(
      names = "--link",
      paramLabel = "A,B=FACTOR",
      converter = Link.class,
      description = "With the rate of the link of two nodes times a factor. May be repeated.")
  private List<ChangedLink> links = new ArrayList<>();

  @Option(
      names = "--halve",
      paramLabel = "A,B",
      converter = Halved.class,
      description = "With half the rate of the link of two nodes. May be repeated.")
  private List<ChangedLink> halved = new ArrayList<>();

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "With another model of the catalogue.")
  private @Nullable String model;

  @Option(
      names = "--context",
      paramLabel = "TOKENS",
      description = "With this context promised to each chat.")
  private @Nullable Integer contextTokens;

  @Option(
      names = "--sequences",
      paramLabel = "N",
      description = "With so many chats promised at once.")
  private @Nullable Integer sequences;

  @Option(
      names = "--prompt-tokens",
      paramLabel = "N",
      description = "Predicted for a prompt of so many tokens.")
  private @Nullable Integer promptTokens;

  @Option(
      names = "--new-tokens",
      paramLabel = "N",
      description = "Predicted for an answer of so many tokens.")
  private @Nullable Integer newTokens;

  @Option(
      names = "--allow-slower",
      paramLabel = "YES|NO",
      arity = "0..1",
      fallbackValue = "yes",
      description =
          "Whether to split even where one node alone is predicted to be faster. Default: as the"
              + " cluster or file says.")
  private @Nullable String allowSlower;

  /** For help and completion. */
  static final class PlannerNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return NamedPlanners.names().iterator();
    }
  }

  /** The change that was typed. */
  WhatIf change() {
    return new WhatIf(
        objective,
        planner,
        add,
        remove,
        Stream.concat(links.stream(), halved.stream()).toList(),
        model,
        contextTokens,
        sequences,
        promptTokens,
        newTokens,
        allowSlower == null
            ? null
            : NodeSettings.ALLOW_SLOWER.read(
                allowSlower, new Origin(Origin.Kind.FLAG, NodeSettings.ALLOW_SLOWER.flag())));
  }

  /** Reads {@code DEVICE[@MBPS[,MS]]}. */
  static final class Added implements ITypeConverter<AddedDevice> {
    private static final Pattern FORM =
        Pattern.compile("([^@]+)(?:@([0-9.]{1,12})(?:,([0-9.]{1,12}))?)?");

    @Override
    public AddedDevice convert(String text) {
      Matcher matcher = matching(FORM, text, "DEVICE, DEVICE@MBPS or DEVICE@MBPS,MS");
      double rate = matcher.group(2) == null ? USUAL_MEGABITS_PER_SECOND : number(matcher.group(2));
      double latency = matcher.group(3) == null ? USUAL_LATENCY_MS : number(matcher.group(3));
      if (!(rate > 0)) {
        throw new TypeConversionException("expected a rate above 0 Mbit/s, found '" + text + "'");
      }
      return new AddedDevice(matcher.group(1), rate, latency);
    }
  }

  /** Reads {@code A,B=FACTOR}. */
  static final class Link implements ITypeConverter<ChangedLink> {
    private static final Pattern FORM = Pattern.compile("([^,=]+),([^,=]+)=([0-9.]{1,12})");

    @Override
    public ChangedLink convert(String text) {
      Matcher matcher = matching(FORM, text, "A,B=FACTOR such as node-1,node-2=0.1");
      double factor = number(matcher.group(3));
      if (!(factor > 0)) {
        throw new TypeConversionException("expected a factor above 0, found '" + text + "'");
      }
      return new ChangedLink(matcher.group(1), matcher.group(2), factor);
    }
  }

  /** Reads {@code A,B}. */
  static final class Halved implements ITypeConverter<ChangedLink> {
    private static final Pattern FORM = Pattern.compile("([^,=]+),([^,=]+)");

    @Override
    public ChangedLink convert(String text) {
      Matcher matcher = matching(FORM, text, "A,B such as node-1,node-2");
      return new ChangedLink(matcher.group(1), matcher.group(2), HALF);
    }
  }

  private static Matcher matching(Pattern form, String text, String expected) {
    Matcher matcher = form.matcher(text);
    if (!matcher.matches()) {
      throw new TypeConversionException("expected " + expected + ", found '" + text + "'");
    }
    return matcher;
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("expected a number, found '" + text + "'");
    }
  }
}
