package dev.parley.adapters.outbound.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.OpenStore;
import dev.parley.conformance.fault.TcpProxy;
import dev.parley.conformance.reading.LiveReader;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.InstanceId;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.Finding;
import dev.parley.ports.outbound.Self;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A connection is cut and comes back while its stream can be resumed, or can no longer be. */
class ResumptionTest {

  private static final TopicName TOPIC = new TopicName("planning");
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final String prefix = Fixture.newPrefix();

  private Backend open(TcpProxy proxy) {
    var config = OpenStore.config(new XmppPlugin(), XmppStore.config(proxy.port(), prefix));
    var self =
        new Self(
            new Handle("alice"), Sender.Kind.AGENT, new InstanceId("alice"), Path.of("unused"));
    return new XmppPlugin().open(config, self);
  }

  private static long departures(RawClient grace) {
    return grace.received().stream()
        .filter(stanza ->
            stanza.name().equals("presence") && "unavailable".equals(stanza.attribute("type")))
        .count();
  }

  @ParameterizedTest
  @EnumSource
  void nobody_leaves_and_a_post_under_way_is_confirmed_when_a_stream_is_resumed(Kind kind)
      throws Exception {
    try (var server = kind.server();
        var proxy = started(server);
        var grace = server.client("grace");
        var alice = open(proxy)) {
      var _ = alice.post(Draft.of(TOPIC, "before"));
      var room = Fixture.room(server, prefix, TOPIC);
      grace.join(room, "grace");
      try (var reader = new LiveReader(alice, TOPIC)) {
        awaitLive(grace, room, reader);
        // The post reaches the server, and its echo does not come back before the cut.
        proxy.delay(Duration.ofMillis(400));
        var underWay =
            CompletableFuture.supplyAsync(() -> alice.post(Draft.of(TOPIC, "under way")));
        var _ = grace.await(stanza -> said(stanza, "under way"));
        proxy.cut();
        proxy.mend();
        proxy.delay(Duration.ZERO);
        grace.say(room, "meanwhile");
        var id = underWay.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        Awaitility.await()
            .atMost(PATIENCE)
            .untilAsserted(() ->
                assertThat(reader.read())
                    .extracting(Message::content)
                    .endsWith("under way", "meanwhile"));
        assertThat(reader.signals()).endsWith("interrupted", "behind");
        assertThat(departures(grace)).as("departures that people saw").isZero();
        assertThat(idsOf(alice, "under way")).containsExactly(id);
      }
      var plugin = new XmppPlugin();
      assertThat(
              plugin.diagnose(
                  OpenStore.config(plugin, XmppStore.config(server.port(), prefix + "doctor"))))
          .contains(
              Finding.ok("stream management", "a connection that breaks goes on where it was"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothing_is_said_twice_when_the_server_has_forgotten_the_stream(Kind kind) {
    try (var server = kind.server();
        var proxy = started(server);
        var alice = open(proxy)) {
      var _ = alice.post(Draft.of(TOPIC, "before"));
      server.kill();
      server.start();
      Awaitility.await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> alice.post(Draft.of(TOPIC, "after")) != null);
      assertThat(Fixture.history(alice, TOPIC))
          .extracting(Message::content)
          .startsWith("before")
          .endsWith("after")
          .doesNotHaveDuplicates();
    }
  }

  private static TcpProxy started(XmppServer server) {
    server.start();
    return new TcpProxy(server.port());
  }

  private static boolean said(Xml stanza, String text) {
    return stanza
        .child("body", Namespaces.CLIENT)
        .filter(body -> body.text().equals(text))
        .isPresent();
  }

  private static void awaitLive(RawClient grace, String room, LiveReader reader) {
    for (var n = 1; reader.handed().isEmpty(); n++) {
      grace.say(room, "live? " + n);
      reader.await(n, PATIENCE);
    }
  }

  private static List<MessageId> idsOf(Backend backend, String content) {
    return Fixture.history(backend, TOPIC).stream()
        .filter(message -> message.content().equals(content))
        .map(Message::id)
        .toList();
  }
}
