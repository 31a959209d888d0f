package dev.parley.adapters.outbound.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.OpenStore;
import dev.parley.conformance.server.Certificates;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.Finding;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server that insists on TLS, with a certificate that the configuration names. */
class EncryptionTest {

  private static final TopicName TOPIC = new TopicName("planning");

  private static ProsodyServer server;
  private static Certificates certificates;

  @BeforeAll
  static void start() {
    server = ProsodyServer.old(ProsodyServer.RESTRICTED);
    certificates = Certificates.make(server.folder(), "server", "dns:" + XmppServer.DOMAIN);
    server.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Map<String, String> trust() {
    return Map.of("trust_store", certificates.certificate().toString());
  }

  @Test
  void a_trusted_certificate_lets_agents_talk() {
    var prefix = Fixture.newPrefix();
    try (var alice = Fixture.open(server, "alice", prefix, trust());
        var bob = Fixture.open(server, "bob", prefix, trust())) {
      var _ = alice.post(Draft.of(TOPIC, "over TLS"));
      assertThat(Fixture.history(bob, TOPIC))
          .extracting(Message::content)
          .containsExactly("over TLS");
    }
  }

  @Test
  void doctor_says_that_the_connection_is_encrypted_and_cannot_be_resumed() {
    var config = new TreeMap<>(XmppStore.config(server.port(), Fixture.newPrefix()));
    config.putAll(trust());
    var plugin = new XmppPlugin();
    assertThat(plugin.diagnose(OpenStore.config(plugin, config)))
        .contains(Finding.ok("encryption", "the connection is encrypted"))
        .filteredOn(finding -> finding.level() != Finding.Level.OK)
        .singleElement()
        .satisfies(finding -> assertThat(finding.check()).isEqualTo("stream management"))
        .satisfies(finding -> assertThat(finding.remedy()).contains("smacks"));
  }
}
