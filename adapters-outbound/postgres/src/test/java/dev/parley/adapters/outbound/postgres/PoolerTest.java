package dev.parley.adapters.outbound.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.conformance.reading.RecordingFeed;
import dev.parley.conformance.server.Ports;
import dev.parley.conformance.server.Program;
import dev.parley.conformance.server.ServerProcess;
import dev.parley.domain.message.Draft;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** PgBouncer between Parley and the server. */
@Timeout(60)
class PoolerTest {

  private static final TopicName TOPIC = new TopicName("ctx");

  private final int port = Ports.free();
  private PostgresStore store;
  private Path folder;

  @BeforeEach
  void create() throws IOException {
    store = Fixture.newStore();
    folder = Files.createTempDirectory(Fixture.server().folder(), "pooler");
  }

  @AfterEach
  void drop() {
    store.close();
  }

  private ServerProcess start(String mode) throws IOException {
    Files.writeString(
        folder.resolve("users.txt"),
        "\"%s\" \"%s\"".formatted(PostgresStore.OWNER, PostgresServer.PASSWORD));
    Files.writeString(
        folder.resolve("pgbouncer.ini"),
        """
        [databases]
        * = host=127.0.0.1 port=%d
        [pgbouncer]
        listen_addr = 127.0.0.1
        listen_port = %d
        unix_socket_dir =
        auth_type = plain
        auth_file = users.txt
        pool_mode = %s
        """
            .formatted(store.server().port(), port, mode));
    Fixture.server().own(folder);
    var started =
        ServerProcess.start(
            PostgresServer.asOwner(
                Program.installed("pgbouncer", "pgbouncer", "/usr/sbin").with("pgbouncer.ini")),
            folder);
    started.awaitReady(this::answers);
    return started;
  }

  private boolean answers() {
    try (var connection =
        DriverManager.getConnection(
            "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, store.database()),
            PostgresStore.OWNER,
            PostgresServer.PASSWORD)) {
      return connection.isValid(1);
    } catch (SQLException notYet) {
      return false;
    }
  }

  private PostgresStore pooled() {
    return new PostgresStore(store.server(), port, store.database());
  }

  @Test
  void doctor_finds_that_it_lends_sessions_by_the_transaction() throws IOException {
    try (var pooler = start("transaction")) {
      assertThat(pooler.pid()).isPositive();
      assertThat(Fixture.diagnose(pooled().config()))
          .anySatisfy(finding -> {
            assertThat(finding.level()).isEqualTo(Finding.Level.PROBLEM);
            assertThat(finding.check()).isEqualTo("pooler");
            assertThat(finding.found()).contains("LISTEN");
            assertThat(finding.remedy()).contains("session");
          });
    }
  }

  @Test
  void with_sessions_kept_apart_all_works() throws IOException {
    try (var pooler = start("session");
        var backend = Fixture.open(pooled())) {
      assertThat(pooler.pid()).isPositive();
      var feed = new RecordingFeed();
      backend.subscribe(TOPIC, feed);
      feed.untilBehind(1);
      backend.post(Draft.of(TOPIC, "through the pooler"));
      feed.untilContents(1);

      assertThat(Fixture.diagnose(pooled().config()))
          .noneMatch(finding -> finding.level() == Finding.Level.PROBLEM)
          .anyMatch(finding -> finding.found().contains("one in between"));
    }
    await().until(() -> store.serverObjects() == 0);
  }
}
