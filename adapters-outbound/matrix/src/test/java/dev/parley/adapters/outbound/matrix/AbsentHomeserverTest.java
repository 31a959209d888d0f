package dev.parley.adapters.outbound.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.conformance.OpenStore;
import dev.parley.conformance.reading.RecordingFeed;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A homeserver that is away: every connection ends at once. */
class AbsentHomeserverTest {

  private static final Duration AWAY = Duration.ofSeconds(10);
  private static final Duration LONGEST_GAP = Duration.ofSeconds(2);

  @TempDir private Path state;

  private final List<Long> attempts = new CopyOnWriteArrayList<>();

  private void endConnections(ServerSocket server) {
    try {
      while (true) {
        server.accept().close();
        attempts.add(System.nanoTime());
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  /** Else push in a room that was not entered yet would come back long after the homeserver. */
  @Test
  void is_asked_for_a_room_every_second_or_so() throws IOException {
    var feed = new RecordingFeed();
    try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.startVirtualThread(() -> endConnections(server));
      var config =
          Map.of(
              "homeserver_url",
              "http://127.0.0.1:" + server.getLocalPort(),
              "user",
              Accounts.BOT,
              "password",
              Accounts.PASSWORD);
      try (var alice =
          OpenStore.as(new Handle("alice"), Sender.Kind.AGENT, new MatrixPlugin(), config, state)) {
        var begun = System.nanoTime();
        var _ = alice.subscribe(new TopicName("talk"), feed);
        await()
            .atMost(AWAY.multipliedBy(2))
            .until(() -> System.nanoTime() - begun > AWAY.toNanos());
        attempts.add(System.nanoTime());
      }
    }
    assertThat(feed.interruptions()).hasSize(1);
    assertThat(
            IntStream.range(1, attempts.size())
                .mapToObj(n -> Duration.ofNanos(attempts.get(n) - attempts.get(n - 1))))
        .hasSizeGreaterThan(5)
        .allMatch(gap -> gap.compareTo(LONGEST_GAP) < 0);
  }
}
