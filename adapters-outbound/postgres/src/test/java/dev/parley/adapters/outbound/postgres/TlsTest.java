package dev.parley.adapters.outbound.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.conformance.reading.RecordingFeed;
import dev.parley.conformance.server.Program;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException.Misconfigured;
import dev.parley.ports.outbound.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that is reached through TLS only, by password or by certificate. */
@Timeout(60)
class TlsTest {

  private static final TopicName TOPIC = new TopicName("ctx");

  @TempDir static Path certificates;
  private static PostgresServer server;
  private static PostgresStore store;

  @BeforeAll
  static void start() throws IOException {
    authority("ca");
    authority("stranger");
    signed("server", "/CN=elsewhere", "subjectAltName=IP:127.0.0.1");
    signed("client", "/CN=" + PostgresStore.OWNER, "subjectAltName=DNS:client");
    server = PostgresServer.create();
    for (var file : List.of("ca.crt", "server.crt", "server.key")) {
      var copy = server.folder().resolve(file);
      Files.copy(certificates.resolve(file), copy);
      server.own(copy);
      server.with(
          switch (file) {
            case "ca.crt" -> "ssl_ca_file=" + copy;
            case "server.crt" -> "ssl_cert_file=" + copy;
            default -> "ssl_key_file=" + copy;
          });
    }
    server.with("ssl=on");
    server.start();
    Fixture.makeOwner(server);
    Files.writeString(
        server.data().resolve("pg_hba.conf"),
        """
        host all admin 127.0.0.1/32 scram-sha-256
        hostssl by_certificate all 127.0.0.1/32 cert
        hostssl all all 127.0.0.1/32 scram-sha-256
        """);
    server.execute(
        "postgres",
        "SELECT pg_reload_conf()",
        "CREATE DATABASE by_certificate OWNER " + PostgresStore.OWNER);
    store = Fixture.newStore(server, server.port());
  }

  @AfterAll
  static void end() {
    server.close();
  }

  private static void authority(String name) {
    openssl(
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=" + name,
        "-keyout",
        name + ".key",
        "-out",
        name + ".crt");
  }

  private static void signed(String name, String subject, String extension) {
    openssl(
        "req",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        subject,
        "-keyout",
        name + ".key",
        "-out",
        name + ".csr");
    try {
      Files.writeString(certificates.resolve(name + ".ext"), extension);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    openssl(
        "x509",
        "-req",
        "-in",
        name + ".csr",
        "-CA",
        "ca.crt",
        "-CAkey",
        "ca.key",
        "-CAcreateserial",
        "-days",
        "2",
        "-extfile",
        name + ".ext",
        "-out",
        name + ".crt");
  }

  private static void openssl(String... arguments) {
    PostgresServer.runIn(certificates, Program.installed("openssl", "openssl").with(arguments));
  }

  private static Map<String, String> config(String... changes) {
    var config = new HashMap<>(store.config());
    for (var n = 0; n < changes.length; n += 2) {
      config.put(changes[n], changes[n + 1]);
    }
    return config;
  }

  private static String file(String name) {
    return certificates.resolve(name).toString();
  }

  @Test
  void a_server_whose_certificate_is_checked_is_posted_to() {
    var config = config("sslmode", "verify-full", "sslrootcert", file("ca.crt"));
    try (var backend = Fixture.open(config, "agent")) {
      var feed = new RecordingFeed();
      backend.subscribe(TOPIC, feed);
      feed.untilBehind(1);
      for (var n = 0; n < 20; n++) {
        backend.post(Draft.of(TOPIC, "encrypted " + n));
      }
      feed.untilContents(20);

      assertThat(feed.interruptions()).isEmpty();
      assertThat(Fixture.contents(backend, TOPIC)).endsWith(feed.contents().toArray(String[]::new));
    }
    assertThat(Fixture.diagnose(config))
        .noneMatch(finding -> finding.level() == Finding.Level.PROBLEM)
        .anyMatch(finding -> finding.found().contains("encrypted, TLSv1"));
  }

  @Test
  void a_server_of_another_authority_is_refused() {
    var config = config("sslmode", "verify-ca", "sslrootcert", file("stranger.crt"));
    try (var backend = Fixture.open(config, "agent")) {
      assertThatThrownBy(() -> backend.fetchRecent(TOPIC, Window.latest(1)))
          .isInstanceOf(Misconfigured.class)
          .hasMessageContaining("no encrypted connection")
          .hasMessageContaining("sslrootcert");
    }
  }

  @Test
  void a_missing_file_is_named() {
    var config = config("sslmode", "verify-full", "sslrootcert", file("missing.crt"));
    try (var backend = Fixture.open(config, "agent")) {
      assertThatThrownBy(() -> backend.fetchRecent(TOPIC, Window.latest(1)))
          .isInstanceOf(Misconfigured.class)
          .hasMessageContaining("missing.crt");
    }
  }

  @Test
  void a_server_that_insists_on_encryption_says_so() {
    try (var backend = Fixture.open(config("sslmode", "disable"), "agent")) {
      assertThatThrownBy(() -> backend.fetchRecent(TOPIC, Window.latest(1)))
          .hasMessageContaining("no encryption")
          .hasMessageContaining("pg_hba.conf");
    }
  }

  @Test
  void a_certificate_is_enough_to_log_in_by() {
    var config =
        config(
            "url", "postgresql://127.0.0.1:%d/by_certificate".formatted(server.port()),
            "sslmode", "verify-full",
            "sslrootcert", file("ca.crt"),
            "sslcert", file("client.crt"),
            "sslkey", file("client.key"));
    config.remove("password");
    try (var backend = Fixture.open(config, "agent")) {
      assertThat(backend.post(Draft.of(TOPIC, "known by certificate"))).isNotNull();
    }
  }
}
