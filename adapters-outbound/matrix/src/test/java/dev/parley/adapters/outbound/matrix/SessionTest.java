package dev.parley.adapters.outbound.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.conformance.OpenStore;
import dev.parley.conformance.fault.TcpProxy;
import dev.parley.conformance.reading.History;
import dev.parley.conformance.reading.LiveReader;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.IdempotencyKey;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The session of an instance, and what two accounts write while a reader is away. */
class SessionTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final SynapseServer SERVER = SynapseServer.withoutLimits();
  private static Accounts accounts;

  @TempDir private Path folder;

  @BeforeAll
  static void startServer() {
    accounts = Accounts.on(SERVER.started());
  }

  @AfterAll
  static void stopServer() {
    SERVER.close();
  }

  private Backend open(String prefix, String instance, int port) {
    var config = new MatrixStore(SERVER, accounts, port, prefix).config();
    return OpenStore.as(
        new Handle("alice"),
        Sender.Kind.AGENT,
        new MatrixPlugin(),
        config,
        folder.resolve(instance));
  }

  private Backend open(String prefix) {
    return open(prefix, "one", SERVER.port());
  }

  private JsonNode kept() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("one/session.json").toFile());
  }

  @Test
  void an_instance_keeps_its_session_which_only_its_owner_can_read() throws IOException {
    var topic = new TopicName("kept");
    try (var alice = open("k-")) {
      alice.post(Draft.of(topic, "one"));
    }
    var before = kept();
    try (var alice = open("k-")) {
      alice.post(Draft.of(topic, "two"));
    }

    assertThat(kept()).isEqualTo(before);
    assertThat(Files.getPosixFilePermissions(folder.resolve("one/session.json")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void a_session_that_was_ended_elsewhere_is_begun_anew_on_the_same_device() throws IOException {
    var topic = new TopicName("ended");
    var key = new IdempotencyKey("the-same");
    try (var alice = open("e-")) {
      var first = alice.post(Draft.of(topic, "one").under(key));
      var before = kept();
      new MatrixClient(SERVER.url(), accounts.bot().userId(), before.path("access_token").asText())
          .post("/_matrix/client/v3/logout", Json.object());

      alice.post(Draft.of(topic, "two"));
      assertThat(kept().path("device_id")).isEqualTo(before.path("device_id"));
      assertThat(kept().path("access_token")).isNotEqualTo(before.path("access_token"));
      assertThat(first).isNotNull();
    }
  }

  @Test
  void a_key_is_remembered_over_a_restart_of_the_instance() {
    var topic = new TopicName("keys");
    var draft = Draft.of(topic, "once").under(new IdempotencyKey("the-same"));
    try (var alice = open("r-")) {
      alice.post(draft);
    }
    try (var alice = open("r-")) {
      alice.post(draft);
      assertThat(History.contents(History.whole(alice, topic))).containsExactly("once");
    }
  }

  @Test
  void what_is_more_than_one_answer_holds_is_read_in_order_after_an_outage() throws Exception {
    var topic = new TopicName("busy");
    try (var proxy = new TcpProxy(SERVER.port());
        var alice = open("b-");
        var bob = open("b-", "two", SERVER.port());
        var away = open("b-", "three", proxy.port())) {
      alice.post(Draft.of(topic, "before"));
      try (var reader = new LiveReader(away, topic)) {
        alice.post(Draft.of(topic, "seen"));
        reader.await(1, PATIENCE);
        proxy.cut();
        var writing = Thread.startVirtualThread(() -> writeMany(bob, topic));
        writeMany(alice, topic);
        writing.join();
        proxy.mend();
        reader.await(141, PATIENCE);

        var history = History.ids(History.whole(alice, topic));
        assertThat(History.ids(reader.read())).isEqualTo(history.subList(1, history.size()));
        assertThat(reader.signals()).contains("interrupted").endsWith("behind");
      }
    }
  }

  private static void writeMany(Backend backend, TopicName topic) {
    for (var n = 1; n <= 70; n++) {
      backend.post(Draft.of(topic, "message " + n));
    }
  }

  @Test
  void what_is_posted_with_an_access_token_is_posted() {
    var topic = new TopicName("token");
    var config =
        Map.of(
            "homeserver_url",
            SERVER.url(),
            "access_token",
            accounts.bot().token(),
            "alias_prefix",
            "t-");
    try (var alice =
        OpenStore.as(new Handle("alice"), Sender.Kind.AGENT, new MatrixPlugin(), config, folder)) {
      alice.post(Draft.of(topic, "one"));
      assertThat(History.contents(History.whole(alice, topic))).containsExactly("one");
      assertThat(alice.about().account()).isEqualTo(accounts.bot().userId());
    }
  }
}
