package io.edgeshard.web.metrics;

import io.edgeshard.web.generation.GenerationEvent.Timings;
import io.edgeshard.web.generation.GenerationEvent.Usage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is measured about answers, under these names in Prometheus:
 *
 * <ul>
 *   <li>{@code edgeshard_ttft_seconds}: histogram, from a request to its first text
 *   <li>{@code edgeshard_tpot_seconds}: histogram, an answer's mean time per token after the first
 *   <li>{@code edgeshard_queue_seconds}: histogram, from arrival to the first step
 *   <li>{@code edgeshard_tokens_total{kind="prompt"|"completion"}}: tokens counted
 *   <li>{@code edgeshard_answers_total{outcome="completed"|"failed"|"refused"|"cancelled"}}
 *   <li>{@code edgeshard_answers_in_flight}: gauge
 *   <li>{@code edgeshard_http_requests_total{route,status}}
 *   <li>{@code edgeshard_stage_seconds{node}}: histogram, a stage's time in a decode step
 *   <li>{@code edgeshard_hop_seconds{from,to}}: histogram, from the end of one stage's computation
 *       to the start of the next one's in a decode step
 *   <li>{@code edgeshard_kv_cache_bytes{node}}: gauge, in use
 * </ul>
 *
 * <p>The last three are recorded by whoever runs the stages. Nothing here holds text. All methods
 * may be called from any thread.
 */
public final class GenerationMetrics {
  private static final Duration[] SHORT =
      millis(0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 10000);
  private static final Duration[] LONG =
      millis(10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000, 30000, 60000);

  private final MeterRegistry registry;
  private final Timer timeToFirstText;
  private final Timer timePerToken;
  private final Timer queue;
  private final Counter promptTokens;
  private final Counter completionTokens;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Map<String, AtomicLong> kvCacheBytes = new ConcurrentHashMap<>();

  public GenerationMetrics(MeterRegistry registry) {
    this.registry = registry;
    timeToFirstText = histogram("edgeshard.ttft", "From a request to its first text", LONG);
    timePerToken =
        histogram("edgeshard.tpot", "Mean time per token of an answer after the first", SHORT);
    queue = histogram("edgeshard.queue", "From arrival to the first step", LONG);
    promptTokens = tokens("prompt");
    completionTokens = tokens("completion");
    Gauge.builder("edgeshard.answers.in.flight", inFlight, AtomicInteger::get)
        .description("Answers being made")
        .register(registry);
  }

  /** A request has come. */
  public AnswerMeter begin() {
    inFlight.incrementAndGet();
    return new AnswerMeter(this);
  }

  /** A request to one of our routes was answered with a status. */
  public void httpRequest(String route, int status) {
    Counter.builder("edgeshard.http.requests")
        .description("Requests by route and status")
        .tags("route", route, "status", Integer.toString(status))
        .register(registry)
        .increment();
  }

  /** A stage computed a decode step. */
  public void stageStep(String node, long nanos) {
    Timer.builder("edgeshard.stage")
        .description("A stage's time in a decode step")
        .tags("node", node)
        .serviceLevelObjectives(SHORT)
        .register(registry)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  /** A decode step went from the end of one stage to the start of the next. */
  public void hopStep(String from, String to, long nanos) {
    Timer.builder("edgeshard.hop")
        .description("Between two stages in a decode step, waiting included")
        .tags("from", from, "to", to)
        .serviceLevelObjectives(SHORT)
        .register(registry)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  /** A node's KV cache holds so much now; 0 for a node that is gone. */
  public void kvCacheBytes(String node, long bytes) {
    kvCacheBytes.computeIfAbsent(node, this::kvCacheGauge).set(bytes);
  }

  void firstText(long nanos) {
    timeToFirstText.record(nanos, TimeUnit.NANOSECONDS);
  }

  void counted(Usage usage, Timings timings) {
    promptTokens.increment(usage.promptTokens());
    completionTokens.increment(usage.completionTokens());
    queue.record(nanos(timings.queueMs()), TimeUnit.NANOSECONDS);
    if (timings.decodeTokens() > 0) {
      timePerToken.record(nanos(timings.decodeMs() / timings.decodeTokens()), TimeUnit.NANOSECONDS);
    }
  }

  void ended(String outcome) {
    inFlight.decrementAndGet();
    Counter.builder("edgeshard.answers")
        .description("Answers by how they ended")
        .tags("outcome", outcome)
        .register(registry)
        .increment();
  }

  private AtomicLong kvCacheGauge(String node) {
    AtomicLong bytes = new AtomicLong();
    Gauge.builder("edgeshard.kv.cache.bytes", bytes, AtomicLong::get)
        .description("KV cache in use")
        .tags("node", node)
        .register(registry);
    return bytes;
  }

  private Counter tokens(String kind) {
    return Counter.builder("edgeshard.tokens")
        .description("Tokens counted")
        .tags("kind", kind)
        .register(registry);
  }

  private Timer histogram(String name, String description, Duration[] buckets) {
    return Timer.builder(name)
        .description(description)
        .serviceLevelObjectives(buckets)
        .register(registry);
  }

  private static long nanos(double ms) {
    return (long) (ms * 1e6);
  }

  private static Duration[] millis(double... values) {
    return Arrays.stream(values)
        .mapToObj(ms -> Duration.ofNanos(nanos(ms)))
        .toArray(Duration[]::new);
  }
}
