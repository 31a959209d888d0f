package dev.parley.conformance.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.OpenStore;
import dev.parley.conformance.reading.History;
import dev.parley.conformance.reading.LiveReader;
import dev.parley.conformance.reference.JournalHost;
import dev.parley.conformance.reference.ReferencePlugin;
import dev.parley.conformance.reference.ReferenceUnderTest;
import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException.Unavailable;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.Feed;
import dev.parley.ports.outbound.Subscription;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveReaderTest {

  private static final TopicName TOPIC = new TopicName("planning");

  @TempDir Path state;

  /**
   * Out of reach when the reader first wants to know what it missed, so that something is handed
   * over before it does.
   */
  private static final class OutOfReachAtFirst extends Altered {
    private final CountDownLatch back = new CountDownLatch(1);
    private boolean failed;

    OutOfReachAtFirst(Backend sound) {
      super(sound);
    }

    @Override
    public Page fetchRecent(TopicName topic, Window window) {
      if (window instanceof Window.After && !failed) {
        failed = true;
        await(back);
        throw new Unavailable("out of reach", null, null);
      }
      return super.fetchRecent(topic, window);
    }

    @Override
    public Subscription subscribe(TopicName topic, Feed feed) {
      post(Draft.of(topic, "missed"));
      return super.subscribe(topic, feed);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whatIsHandedOverDoesNotLeadItPastWhatItMissed() {
    try (var host = new JournalHost();
        var store = new ReferenceUnderTest(new ReferencePlugin(), host).newStore();
        var backend =
            new OutOfReachAtFirst(
                OpenStore.as(
                    new Handle("alice"),
                    Sender.Kind.AGENT,
                    new ReferencePlugin(),
                    store.config(),
                    state));
        var reader = new LiveReader(backend, TOPIC)) {
      backend.post(Draft.of(TOPIC, "next"));
      Awaitility.await().until(() -> History.contents(reader.handed()).contains("next"));
      backend.back.countDown();
      reader.await(2, Duration.ofSeconds(5));
      assertThat(History.contents(reader.read())).containsExactly("missed", "next");
    }
  }
}
