package dev.parley.adapters.outbound.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.domain.history.Window;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException.Unavailable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The nodes of a cluster take connections and say nothing, as frozen ones do. */
@Timeout(60)
class SilentClusterTest {

  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(1);

  private final List<ServerSocket> nodes = new ArrayList<>();

  @BeforeEach
  void listen() throws IOException {
    for (var n = 0; n < 3; n++) {
      nodes.add(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    }
  }

  @AfterEach
  void close() throws IOException {
    for (var node : nodes) {
      node.close();
    }
  }

  @Test
  void hold_up_no_call_for_much_longer_than_its_timeout_however_many_there_are() {
    var url =
        nodes.stream()
            .map(node -> "127.0.0.1:" + node.getLocalPort())
            .collect(Collectors.joining(",", "redis-cluster://", ""));
    var timeout = String.valueOf(REQUEST_TIMEOUT.toMillis());
    try (var backend = Fixture.open(Map.of("url", url, "request_timeout_ms", timeout))) {
      var calls = new ArrayList<CompletableFuture<Duration>>();
      for (var n = 0; n < 6; n++) {
        var topic = new TopicName("t" + n);
        var took = new CompletableFuture<Duration>();
        calls.add(took);
        Thread.ofVirtual()
            .start(() -> {
              var start = System.nanoTime();
              assertThatThrownBy(() -> backend.fetchRecent(topic, Window.latest(1)))
                  .isInstanceOf(Unavailable.class);
              took.complete(Duration.ofNanos(System.nanoTime() - start));
            });
      }
      assertThat(calls.stream().map(CompletableFuture::join))
          .allSatisfy(took -> assertThat(took).isLessThan(REQUEST_TIMEOUT.multipliedBy(2)));
    }
  }
}
