package dev.parley.adapters.outbound.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.domain.history.Window;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException.Unavailable;
import dev.parley.ports.outbound.Backend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** All nodes of a cluster are frozen: the system takes connections for them, and nobody answers. */
@Timeout(60)
class FrozenClusterTest {

  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(1);

  private final List<RedisServer> nodes = new ArrayList<>();

  @BeforeEach
  void freeze() {
    for (var n = 0; n < 3; n++) {
      var node = RedisServer.node(RedisServer.redis()).started();
      nodes.add(node);
      node.process().freeze();
    }
  }

  @AfterEach
  void close() {
    nodes.forEach(RedisServer::close);
  }

  @Test
  void no_call_takes_much_longer_than_its_timeout_however_many_there_are() throws Exception {
    var url =
        nodes.stream()
            .map(node -> "127.0.0.1:" + node.port())
            .collect(Collectors.joining(",", "redis-cluster://", ""));
    var timeout = String.valueOf(REQUEST_TIMEOUT.toMillis());
    try (var backend = Fixture.open(Map.of("url", url, "request_timeout_ms", timeout));
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var calls = new ArrayList<Future<Duration>>();
      for (var n = 0; n < 6; n++) {
        var topic = new TopicName("t" + n);
        calls.add(callers.submit(() -> untilRefused(backend, topic)));
      }
      for (var call : calls) {
        assertThat(call.get()).isLessThan(REQUEST_TIMEOUT.multipliedBy(2));
      }
    }
  }

  private static Duration untilRefused(Backend backend, TopicName topic) {
    var start = System.nanoTime();
    assertThatThrownBy(() -> backend.fetchRecent(topic, Window.latest(1)))
        .isInstanceOf(Unavailable.class);
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
