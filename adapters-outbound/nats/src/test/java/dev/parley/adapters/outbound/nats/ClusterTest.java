package dev.parley.adapters.outbound.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.parley.conformance.reading.LiveReader;
import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.IdempotencyKey;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException.OutcomeUnknown;
import dev.parley.ports.BackendException.Unavailable;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.Finding;
import dev.parley.ports.outbound.Finding.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three servers, of which one is killed. */
@Timeout(120)
class ClusterTest {

  private static final TopicName TOPIC = new TopicName("ctx");
  private static final int WRITERS = 8;
  private static final int ENOUGH = 400;

  private static NatsCluster cluster;

  @BeforeAll
  static void start() {
    cluster = NatsCluster.started();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static Backend open(String handle, String prefix, Map<String, Object> more) {
    var settings = new HashMap<>(more);
    settings.put("stream_prefix", prefix + "_");
    settings.put("subject_prefix", prefix);
    return Fixture.open(handle, Fixture.config(cluster.urls(), settings));
  }

  /** Goes on posting, every other time under a key, and keeps account. */
  private static final class Writer implements AutoCloseable {
    private final Backend backend;
    private final Queue<MessageId> stored = new ConcurrentLinkedQueue<>();
    private final List<Draft> unknown = new CopyOnWriteArrayList<>();
    private final List<Draft> refused = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean stopped;

    Writer(String name, String prefix) {
      backend = open(name, prefix, Map.of());
      thread = Thread.ofVirtual().start(() -> work(name));
    }

    private void work(String name) {
      for (var n = 1; !stopped; n++) {
        var draft = Draft.of(TOPIC, name + " says " + n);
        if (n % 2 == 0) {
          draft = draft.under(new IdempotencyKey("key " + n));
        }
        try {
          stored.add(backend.post(draft));
        } catch (OutcomeUnknown e) {
          unknown.add(draft);
        } catch (Unavailable e) {
          refused.add(draft);
        }
      }
    }

    void stop() {
      stopped = true;
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() {
      stop();
      backend.close();
    }
  }

  /** Goes on chaining pages. */
  private static final class Pager implements AutoCloseable {
    private final Backend backend;
    private final List<MessageId> read = new CopyOnWriteArrayList<>();
    private final List<Page> gaps = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean stopped;

    Pager(String name, String prefix) {
      backend = open(name, prefix, Map.of());
      thread = Thread.ofVirtual().start(this::work);
    }

    private void work() {
      Window window = Window.oldest(10);
      while (!stopped) {
        try {
          var page = backend.fetchRecent(TOPIC, window);
          page.messages().stream().map(Message::id).forEach(read::add);
          if (page.gap()) {
            gaps.add(page);
          }
          window = Window.after(page.next(), 10);
        } catch (Unavailable e) {
          // No leader yet: the same page again.
        }
      }
    }

    @Override
    public void close() {
      stopped = true;
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      backend.close();
    }
  }

  @Test
  void killing_the_leader_among_eight_writers_and_four_readers_loses_and_doubles_nothing() {
    var prefix = SharedServers.newPrefix();
    try (var warden = open("warden", prefix, Map.of());
        var bridge = new ForeignBridge(cluster.nodes().getFirst().connection())) {
      warden.post(Draft.of(TOPIC, "begin"));
      var live =
          List.of(
              new LiveReader(warden, TOPIC),
              new LiveReader(open("watcher", prefix, Map.of()), TOPIC));
      var pagers = List.of(new Pager("pager1", prefix), new Pager("pager2", prefix));
      var writers = new ArrayList<Writer>();
      for (var n = 0; n < WRITERS; n++) {
        writers.add(new Writer("writer" + n, prefix));
      }
      awaitStored(writers, ENOUGH);
      var leader = bridge.leader(prefix + "_ctx");
      cluster.named(leader).kill();
      var stored = stored(writers);
      awaitStored(writers, stored + ENOUGH);
      writers.forEach(Writer::stop);
      check(warden, live, pagers, writers);
      cluster.named(leader).start();
      writers.forEach(Writer::close);
      pagers.forEach(Pager::close);
      live.forEach(LiveReader::close);
    }
  }

  private static int stored(List<Writer> writers) {
    return writers.stream().mapToInt(writer -> writer.stored.size()).sum();
  }

  private static void awaitStored(List<Writer> writers, int count) {
    await().atMost(Duration.ofSeconds(40)).until(() -> stored(writers) >= count);
  }

  private static void check(
      Backend warden, List<LiveReader> live, List<Pager> pagers, List<Writer> writers) {
    // A post that its writer repeats under its key is there once, whatever became of it before.
    for (var writer : writers) {
      writer.unknown.stream()
          .filter(draft -> draft.key() != null)
          .forEach(draft -> writer.stored.add(writer.backend.post(draft)));
    }
    var history = Fixture.history(warden, TOPIC, 500);
    var ids = history.stream().map(Message::id).toList();
    var contents = history.stream().map(Message::content).toList();
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(contents).doesNotHaveDuplicates();
    for (var writer : writers) {
      assertThat(ids).containsAll(writer.stored);
      writer.refused.forEach(draft -> assertThat(contents).doesNotContain(draft.content()));
    }
    for (var reader : live) {
      reader.await(history.size() - 1, Duration.ofSeconds(20));
      assertThat(reader.read().stream().map(Message::id).toList())
          .isEqualTo(ids.subList(1, ids.size()));
    }
    for (var pager : pagers) {
      await().atMost(Duration.ofSeconds(20)).until(() -> pager.read.size() >= ids.size());
      assertThat(pager.read).isEqualTo(ids);
      assertThat(pager.gaps).isEmpty();
    }
    System.out.printf(
        "cluster: %d messages, %d of unknown outcome, %d refused%n",
        ids.size(),
        writers.stream().mapToInt(writer -> writer.unknown.size()).sum(),
        writers.stream().mapToInt(writer -> writer.refused.size()).sum());
  }

  @Test
  void new_streams_have_three_replicas_and_doctor_warns_of_one() {
    var prefix = SharedServers.newPrefix();
    try (var backend = open("agent", prefix, Map.of());
        var careless = open("careless", prefix, Map.of("replicas", 1L));
        var bridge = new ForeignBridge(cluster.nodes().getFirst().connection())) {
      backend.post(Draft.of(TOPIC, "safe"));
      careless.post(Draft.of(new TopicName("single"), "at risk"));
      assertThat(bridge.configuration(prefix + "_ctx").getReplicas()).isEqualTo(3);
      assertThat(bridge.configuration(prefix + "_single").getReplicas()).isEqualTo(1);
    }
    var settings =
        Map.<String, Object>of(
            "stream_prefix", prefix + "_", "subject_prefix", prefix, "replicas", 1L);
    assertThat(Fixture.diagnose(cluster.nodes().getFirst(), settings))
        .filteredOn(finding -> finding.level() != Level.OK)
        .extracting(Finding::check, Finding::level)
        .containsOnly(tuple("replicas", Level.WARNING))
        .hasSize(2);
  }
}
