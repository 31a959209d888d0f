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
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A homeserver that is away: every connection ends at once. */
class AbsentHomeserverTest {

  // With pauses of up to a second they take 9 s at most; of up to five, 15 s at least.
  private static final int ATTEMPTS = 12;
  private static final Duration IN_TIME = Duration.ofSeconds(12);

  @TempDir private Path state;

  private final AtomicInteger attempts = new AtomicInteger();

  private void endConnections(ServerSocket server) {
    try {
      while (true) {
        server.accept().close();
        attempts.incrementAndGet();
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
        var _ = alice.subscribe(new TopicName("talk"), feed);
        await().atMost(IN_TIME).until(() -> attempts.get() >= ATTEMPTS);
      }
    }
    assertThat(feed.interruptions()).hasSize(1);
  }
}
