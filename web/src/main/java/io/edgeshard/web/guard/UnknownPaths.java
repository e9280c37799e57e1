package io.edgeshard.web.guard;

import io.edgeshard.web.error.ApiException;
import io.edgeshard.web.error.NearMatches;
import io.edgeshard.web.error.Shown;
import java.util.List;
import java.util.Map;

/** What is said of a path that nobody takes: which was meant, or that it is not served at all. */
public final class UnknownPaths {
  private static final String VERSION = "/v1";
  private static final int MOST_SHOWN = 120;

  /** What OpenAI's API has and this one has not, by the beginning of its path after the version. */
  private static final Map<String, String> NOT_SERVED =
      Map.ofEntries(
          Map.entry("/embeddings", "embeddings are"),
          Map.entry("/images", "images are"),
          Map.entry("/audio", "audio is"),
          Map.entry("/videos", "videos are"),
          Map.entry("/moderations", "moderations are"),
          Map.entry("/responses", "responses are"),
          Map.entry("/conversations", "conversations are"),
          Map.entry("/files", "files are"),
          Map.entry("/uploads", "uploads are"),
          Map.entry("/batches", "batches are"),
          Map.entry("/fine_tuning", "fine-tuning is"),
          Map.entry("/assistants", "assistants are"),
          Map.entry("/threads", "threads are"),
          Map.entry("/vector_stores", "vector stores are"),
          Map.entry("/rerank", "reranking is"),
          Map.entry("/realtime", "realtime sessions are"));

  private final List<String> known;

  /** Those besides {@code known}. */
  public UnknownPaths(List<String> known) {
    this.known = List.copyOf(known);
  }

  /** The error for one of them. */
  ApiException refusal(String path) {
    return ApiException.refused(404, "unknown_url", sentence(path));
  }

  private String sentence(String path) {
    String shown = Shown.of(path, MOST_SHOWN);
    String bare = path.startsWith(VERSION + "/") ? path.substring(VERSION.length()) : path;
    for (Map.Entry<String, String> other : NOT_SERVED.entrySet()) {
      if (bare.equals(other.getKey()) || bare.startsWith(other.getKey() + "/")) {
        return other.getValue()
            + " not served here: EdgeShard serves /v1/chat/completions and /v1/completions";
      }
    }
    String versioned = VERSION + withoutVersions(path);
    if (known.contains(versioned)) {
      return "expected "
          + versioned
          + ", found "
          + shown
          + ": the base URL of a client ends in /v1, once";
    }
    List<String> near = NearMatches.of(path, known);
    return near.isEmpty()
        ? "expected the path of a page or of the API, found " + shown + ": see /docs"
        : "expected the path of a page or of the API, found "
            + shown
            + ": did you mean "
            + String.join(" or ", near)
            + "?";
  }

  private static String withoutVersions(String path) {
    String rest = path;
    while (rest.startsWith(VERSION + "/")) {
      rest = rest.substring(VERSION.length());
    }
    return rest;
  }
}
