package io.edgeshard.runtime.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.planner.model.WeightType;
import io.edgeshard.runtime.ModelException;
import io.edgeshard.runtime.checkpoint.Checkpoint;
import io.edgeshard.runtime.fixture.RealModel;
import io.edgeshard.runtime.session.EngineEnd;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is told to end while it computes: ONNX Runtime goes first, in a hook of its own.
 */
final class ProcessEndTest {
  private static final int LIMIT_SECONDS = 60;
  private static final int STATUS = 7;

  @TempDir private Path folder;

  @Test
  void exit_whileShardsCompute_endsWithItsStatus() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:ErrorFile=" + folder.resolve("crash.log"),
                "-XX:-CreateCoredumpOnCrash",
                Busy.class.getName(),
                RealModel.path().toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out.log").toFile());
    // Not as an argument: ONNX Runtime overflows the stack when a command line is very long.
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Process process = builder.start();
    try {
      assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).isEqualTo(STATUS);
  }

  /** Computes on two threads, and ends in the middle of it. */
  static final class Busy {
    private static final int THREADS = 2;
    private static final int PROMPT = 256;

    private Busy() {}

    public static void main(String[] arguments) throws InterruptedException {
      CountDownLatch busy = new CountDownLatch(THREADS);
      CountDownLatch wentOn = new CountDownLatch(THREADS);
      for (int i = 0; i < THREADS; i++) {
        new Thread(() -> compute(Path.of(arguments[0]), busy, wentOn)).start();
      }
      busy.await();
      // As a node's orderly end would, a hook keeps the process until all have noticed.
      Runtime.getRuntime().addShutdownHook(new Thread(() -> awaitAll(wentOn)));
      System.exit(EngineEnd.await(Duration.ofSeconds(LIMIT_SECONDS / 2)) ? STATUS : 1);
    }

    private static void awaitAll(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private static void compute(Path model, CountDownLatch busy, CountDownLatch wentOn) {
      Checkpoint checkpoint = Checkpoint.open(model);
      LocalPipeline pipeline = LocalPipeline.whole(checkpoint, WeightType.FAST);
      int[] ids = new int[PROMPT];
      pipeline.prefill(new int[1]);
      busy.countDown();
      try {
        while (true) {
          pipeline.prefill(ids);
        }
      } catch (ModelException ending) {
        // What is refused now would have crashed.
      }
      wentOn.countDown();
    }
  }
}
