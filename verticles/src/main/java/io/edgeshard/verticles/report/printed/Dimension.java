package io.edgeshard.verticles.report.printed;

import io.edgeshard.planner.catalogue.Devices;
import io.edgeshard.planner.catalogue.Models;
import io.edgeshard.planner.paper.PaperQuestion;

/** What cells of a table or figure differ in, besides the method. */
public enum Dimension {
  MODEL {
    @Override
    public String label(PaperQuestion question) {
      return Models.find(question.model()).orElseThrow().name().replace(" F32", "");
    }
  },
  SOURCE {
    @Override
    public String label(PaperQuestion question) {
      return "source " + Devices.find(question.source()).orElseThrow().title();
    }
  },
  CLOUD_MEGABITS {
    @Override
    public String label(PaperQuestion question) {
      return "%.0f Mbit/s".formatted(question.cloudMegabits());
    }
  },
  METRIC {
    @Override
    public String label(PaperQuestion question) {
      return switch (question.metric()) {
        case LATENCY -> "ms/token";
        case THROUGHPUT -> "tokens/s";
        case THROUGHPUT_BUBBLES -> "tokens/s, bubbles";
        case THROUGHPUT_NO_BUBBLES -> "tokens/s, no bubbles";
      };
    }
  };

  /** What this dimension says of a cell, for people. */
  public abstract String label(PaperQuestion question);
}
