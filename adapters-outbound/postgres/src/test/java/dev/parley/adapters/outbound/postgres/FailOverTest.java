package dev.parley.adapters.outbound.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.conformance.fault.TcpProxy;
import dev.parley.conformance.reading.RecordingFeed;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.Finding.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A primary that is killed under load, and its standby promoted. */
@Timeout(120)
class FailOverTest {

  private static final TopicName TOPIC = new TopicName("ctx");
  private static final int WRITERS = 4;

  private PostgresServer primary;
  private TcpProxy replication;
  private PostgresServer standby;
  private PostgresStore store;

  @BeforeEach
  void start() {
    primary = PostgresServer.create();
    primary.start();
    Fixture.makeOwner(primary);
    replication = new TcpProxy(primary.port());
    store = Fixture.newStore(primary, primary.port());
    standby = PostgresServer.standbyOf(primary, replication.port(), "second");
    standby.start();
    await().until(() -> replicating("async"));
  }

  @AfterEach
  void end() {
    replication.close();
    standby.close();
    primary.close();
  }

  private boolean replicating(String how) throws SQLException {
    try (var connection = primary.admin("postgres");
        var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT sync_state FROM pg_stat_replication")) {
      return row.next() && row.getString(1).equals(how);
    }
  }

  private Map<String, String> config() {
    return Fixture.with(
        store.config(),
        Map.of(
            "url",
            "postgresql://127.0.0.1:%d,127.0.0.1:%d/%s"
                .formatted(primary.port(), standby.port(), store.database())));
  }

  @Test
  void with_synchronous_replication_nothing_that_was_confirmed_is_lost() throws Exception {
    primary.execute(
        "postgres",
        "ALTER SYSTEM SET synchronous_standby_names = 'second'",
        "SELECT pg_reload_conf()");
    await().until(() -> replicating("sync"));
    try (var reader = Fixture.open(config(), "reader");
        var load = new Load(config())) {
      var feed = new RecordingFeed();
      reader.subscribe(TOPIC, feed);
      feed.untilBehind(1);
      load.untilPosted(100);

      primary.kill();
      standby.promote();

      load.untilPosted(load.posted().size() + 100);
      load.stop();
      var history = Fixture.history(reader, TOPIC, 100).stream().map(Message::id).toList();
      assertThat(history).doesNotHaveDuplicates().containsAll(load.posted());
      assertThat(feed.interruptions()).isNotEmpty();
      feed.untilBehind(2);
      var last = Draft.of(TOPIC, "live again");
      reader.post(last);
      await().atMost(Duration.ofSeconds(5)).until(() -> feed.contents().contains(last.content()));
    }
  }

  /** What the standby had not got when the primary died is lost: the last posts, and no others. */
  @Test
  void with_asynchronous_replication_the_last_posts_may_be_lost_and_only_those() {
    try (var backend = Fixture.open(config(), "agent")) {
      var kept = new ArrayList<String>();
      for (var n = 0; n < 20; n++) {
        backend.post(Draft.of(TOPIC, "kept " + n));
        kept.add("kept " + n);
      }
      await().until(() -> onStandby() == 20);
      replication.freeze();
      for (var n = 0; n < 10; n++) {
        backend.post(Draft.of(TOPIC, "lost " + n));
      }
      var beyond = backend.fetchRecent(TOPIC, Window.latest(1)).next();

      primary.kill();
      standby.promote();

      await().atMost(Duration.ofSeconds(5)).until(() -> answers(backend));
      assertThat(Fixture.contents(backend, TOPIC)).isEqualTo(kept);
      var page = backend.fetchRecent(TOPIC, Window.after(beyond, 5));
      assertThat(page.gap()).isTrue();
      assertThat(page.messages()).hasSize(5);
      backend.post(Draft.of(TOPIC, "and on"));
      kept.add("and on");
      assertThat(Fixture.contents(backend, TOPIC)).isEqualTo(kept);
    }
  }

  @Test
  void doctor_tells_a_standby_and_what_a_fail_over_may_cost() {
    var onlyStandby =
        Fixture.with(
            store.config(),
            Map.of(
                "url", "postgresql://127.0.0.1:%d/%s".formatted(standby.port(), store.database())));
    await().until(() -> onStandbyDatabaseExists());

    assertThat(Fixture.diagnose(onlyStandby))
        .anySatisfy(finding -> {
          assertThat(finding.level()).isEqualTo(Level.PROBLEM);
          assertThat(finding.found()).contains("standby");
          assertThat(finding.remedy()).contains("targetServerType=primary");
        });
    assertThat(Fixture.diagnose(config()))
        .anySatisfy(finding -> {
          assertThat(finding.check()).isEqualTo("fail-over");
          assertThat(finding.level()).isEqualTo(Level.WARNING);
        });
  }

  private int onStandby() throws SQLException {
    try (var connection = standby.admin(store.database());
        var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT count(*) FROM parley_messages")) {
      row.next();
      return row.getInt(1);
    }
  }

  private boolean onStandbyDatabaseExists() throws SQLException {
    try (var connection = standby.admin(store.database())) {
      return connection.isValid(1);
    }
  }

  private static boolean answers(Backend backend) {
    try {
      return backend.fetchRecent(TOPIC, Window.latest(1)) != null;
    } catch (BackendException notYet) {
      return false;
    }
  }

  /** Several who post without pause, and what of it was confirmed. */
  private static final class Load implements AutoCloseable {

    private final List<Backend> backends = new ArrayList<>();
    private final ConcurrentLinkedQueue<MessageId> posted = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> running = new ArrayList<>();

    Load(Map<String, String> config) {
      for (var n = 0; n < WRITERS; n++) {
        var backend = Fixture.open(config, "writer" + n);
        var name = "writer " + n + ", post ";
        backends.add(backend);
        running.add(threads.submit(() -> work(backend, name)));
      }
    }

    private void work(Backend backend, String name) {
      for (var n = 0; !stopped.get(); n++) {
        try {
          posted.add(backend.post(Draft.of(TOPIC, name + n)));
        } catch (BackendException.Unavailable | BackendException.OutcomeUnknown notConfirmed) {
          // Whether it was stored does not matter here.
        }
      }
    }

    List<MessageId> posted() {
      return List.copyOf(posted);
    }

    void untilPosted(int count) {
      await().atMost(Duration.ofSeconds(20)).until(() -> posted.size() >= count);
    }

    void stop() throws InterruptedException, ExecutionException {
      stopped.set(true);
      for (var each : running) {
        each.get();
      }
    }

    @Override
    public void close() {
      stopped.set(true);
      threads.close();
      backends.forEach(Backend::close);
    }
  }
}
