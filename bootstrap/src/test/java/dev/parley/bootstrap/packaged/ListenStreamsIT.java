package dev.parley.bootstrap.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand clients that listen to one server: what they cost, and when they hear. */
class ListenStreamsIT {

  private static final int STREAMS = 1_000;
  private static final int POSTS = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;

  @Test
  void a_post_is_heard_on_every_one_of_a_thousand_streams() throws Exception {
    var installation = Installation.built(folder);
    var listeners = new ArrayList<Listener>();
    try (var server = HttpProcess.start(installation, HttpProcess.open(installation), Map.of())) {
      post(server, "before anybody listens");
      var before = kibibytes(server);
      for (var i = 0; i < STREAMS; i++) {
        listeners.add(Listener.open(server.port()));
      }
      await().atMost(PATIENCE).until(() -> server.metric("parley_http_streams") == STREAMS);
      var latencies = fanOut(server, listeners);
      var perStream = (kibibytes(server) - before) / STREAMS;
      System.out.printf(
          "%,d streams: %d KiB each; a post is heard after p50 %.1f ms, p99 %.1f ms%n",
          STREAMS, perStream, at(latencies, 0.5), at(latencies, 0.99));

      assertThat(latencies).hasSize(STREAMS * POSTS);
      assertThat(perStream).as("KiB of memory for each stream").isLessThan(100);
    } finally {
      for (var listener : listeners) {
        listener.close();
      }
    }
  }

  private static List<Double> fanOut(HttpProcess server, List<Listener> listeners)
      throws IOException, InterruptedException {
    var latencies = new ArrayList<Double>();
    for (var i = 0; i < POSTS; i++) {
      var posted = System.nanoTime();
      post(server, "post " + i);
      for (var listener : listeners) {
        latencies.add((listener.updateSince(posted, PATIENCE) - posted) / 1e6);
      }
    }
    Collections.sort(latencies);
    return latencies;
  }

  private static double at(List<Double> sorted, double share) {
    return sorted.get((int) Math.round(share * (sorted.size() - 1)));
  }

  private static void post(HttpProcess server, String content)
      throws IOException, InterruptedException {
    var answer =
        server.send(server.call("parley_post", Map.of("topic", "talk", "content", content)));
    assertThat(HttpProcess.result(answer).path("backendMsgId").asText()).isNotEmpty();
  }

  private static long kibibytes(HttpProcess server) throws IOException {
    return Files.readAllLines(Path.of("/proc/%d/status".formatted(server.pid()))).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
