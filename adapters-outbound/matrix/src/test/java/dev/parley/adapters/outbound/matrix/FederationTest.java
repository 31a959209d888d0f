package dev.parley.adapters.outbound.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.OpenStore;
import dev.parley.conformance.fault.TcpProxy;
import dev.parley.conformance.reading.History;
import dev.parley.conformance.reading.LiveReader;
import dev.parley.conformance.server.Ports;
import dev.parley.conformance.server.SynapseFiles;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.Backend;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A room that another homeserver is in, from which messages arrive late. */
class FederationTest {

  private static final TopicName TOPIC = new TopicName("planning");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void what_arrives_late_follows_what_was_there_for_every_reader() throws Exception {
    makeCertificate();
    var oursAt = Ports.free();
    var theirsAt = Ports.free();
    try (var toUs = new TcpProxy(oursAt);
        var toThem = new TcpProxy(theirsAt);
        var ours = server(toUs.port(), oursAt);
        var theirs = server(toThem.port(), theirsAt)) {
      ours.start();
      theirs.start();
      ours.register(Accounts.BOT, Accounts.PASSWORD, false);
      var grace = theirs.register("grace", "s3cret-of-grace", false);
      try (var alice = open(ours, grace.userId())) {
        confer(alice, grace, "#late-planning:localhost:" + toUs.port(), toUs, toThem);
      }
    }
  }

  private static void confer(
      Backend alice, MatrixClient grace, String alias, TcpProxy toUs, TcpProxy toThem) {
    say(alice, "one");
    Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> grace.join(alias));
    var room = grace.awaitRoom(alias);
    grace.say(room, "two");
    awaitSaid(alice, "two");
    try (var follower = new LiveReader(alice, TOPIC)) {
      toUs.cut();
      toThem.cut();
      grace.say(room, "late");
      say(alice, "three");
      say(alice, "four");
      toUs.mend();
      toThem.mend();
      say(alice, "five");
      awaitSaid(alice, "late");
      say(alice, "six");
      follower.await(5, PATIENCE);

      var order = History.contents(follower.read());
      assertThat(order.indexOf("late")).isGreaterThan(order.indexOf("four"));
      var whole = History.contents(History.whole(alice, TOPIC));
      assertThat(whole.subList(2, whole.size())).isEqualTo(order);
      assertThat(chained(alice, 1)).isEqualTo(whole);
      assertThat(chained(alice, 3)).isEqualTo(whole);
      assertThat(latest(alice, 50)).isEqualTo(whole);
      assertThat(latest(alice, 2)).isEqualTo(whole.subList(whole.size() - 2, whole.size()));
      assertThat(backwards(alice, 2)).isEqualTo(whole);
    }
  }

  private static void say(Backend backend, String text) {
    backend.post(Draft.of(TOPIC, text));
  }

  private static void awaitSaid(Backend backend, String text) {
    Awaitility.await().atMost(PATIENCE).until(() -> latest(backend, 50).contains(text));
  }

  private static List<String> latest(Backend backend, int count) {
    return History.contents(backend.fetchRecent(TOPIC, Window.latest(count)).messages());
  }

  private static List<String> chained(Backend backend, int size) {
    var page = backend.fetchRecent(TOPIC, Window.oldest(size));
    var read = new ArrayList<>(History.contents(page.messages()));
    while (page.more()) {
      page = backend.fetchRecent(TOPIC, Window.after(page.next(), size));
      read.addAll(History.contents(page.messages()));
    }
    return read;
  }

  private static List<String> backwards(Backend backend, int size) {
    var page = backend.fetchRecent(TOPIC, Window.latest(1));
    var read = new ArrayList<>(History.contents(page.messages()));
    var cursor = page.messages().getFirst().cursor();
    while (page.more()) {
      page = backend.fetchRecent(TOPIC, Window.before(cursor, size));
      read.addAll(0, History.contents(page.messages()));
      cursor = page.next();
    }
    return read;
  }

  private SynapseServer server(int knownAt, int listensAt) {
    var listener =
        """
          - port: %d
            tls: true
            type: http
            bind_addresses: ['127.0.0.1']
            resources: [{names: [federation], compress: false}]
        """
            .formatted(listensAt);
    var federated =
        """
        federation_verify_certificates: false
        ip_range_blacklist: []
        federation_ip_range_blacklist: []
        federation: {client_timeout: 5s, max_short_retries: 1, max_short_retry_delay: 1s, destination_min_retry_interval: 1s, destination_max_retry_interval: 1s}
        tls_certificate_path: %1$s/cert.pem
        tls_private_key_path: %1$s/key.pem
        """
            .formatted(folder);
    return new SynapseServer("localhost:" + knownAt, listener, SynapseFiles.NO_LIMITS + federated);
  }

  private Backend open(SynapseServer server, String invited) {
    return OpenStore.as(
        new Handle("alice"),
        Sender.Kind.AGENT,
        new MatrixPlugin(),
        Map.of(
            "homeserver_url",
            server.url(),
            "user",
            Accounts.BOT,
            "password",
            Accounts.PASSWORD,
            "alias_prefix",
            "late-",
            "invite",
            invited),
        folder.resolve("state"));
  }

  private void makeCertificate() throws IOException, InterruptedException {
    var words =
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext"
            + " subjectAltName=DNS:localhost -keyout key.pem -out cert.pem";
    var made =
        new ProcessBuilder(words.split(" "))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("openssl.log").toFile())
            .start()
            .waitFor();
    assertThat(made).as("openssl").isZero();
  }
}
