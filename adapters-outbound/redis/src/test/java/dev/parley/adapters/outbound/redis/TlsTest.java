package dev.parley.adapters.outbound.redis;

import static dev.parley.adapters.outbound.redis.Fixture.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.conformance.reading.RecordingFeed;
import dev.parley.conformance.server.Ports;
import dev.parley.domain.message.Draft;
import dev.parley.ports.BackendException.Misconfigured;
import dev.parley.ports.BackendException.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TlsTest {

  private static final int PORT = Ports.free();
  private static final int PORT_FOR_ALL = Ports.free();

  @TempDir private static Path folder;
  private static RedisServer strict = RedisServer.inMemory(RedisServer.redis());
  private static RedisServer lenient = strict;

  @BeforeAll
  static void start() throws IOException, GeneralSecurityException, InterruptedException {
    makeCertificate("server", "ip:127.0.0.1");
    strict = server("server", PORT, "yes");
    lenient = server("server", PORT_FOR_ALL, "no");
  }

  @AfterAll
  static void stop() {
    strict.close();
    lenient.close();
  }

  @BeforeEach
  void empty() {
    strict.cli().run("FLUSHALL");
    lenient.cli().run("FLUSHALL");
  }

  @Test
  void with_a_trusted_certificate_messages_are_posted_read_and_pushed() {
    try (var backend = Fixture.open(trusting(PORT_FOR_ALL))) {
      var feed = new RecordingFeed();
      backend.subscribe(TOPIC, feed);
      feed.untilBehind(1);
      backend.post(Draft.of(TOPIC, "x".repeat(1_000_000)));
      backend.post(Draft.of(TOPIC, "short"));
      feed.untilContents(2);
      assertThat(Fixture.contents(backend, TOPIC)).hasSize(2).endsWith("short");
    }
  }

  @Test
  void a_client_certificate_is_shown_where_one_is_wanted() {
    var settings = new HashMap<>(trusting(PORT));
    settings.put("tls_cert", file("server.crt"));
    settings.put("tls_key", file("server.key"));
    try (var backend = Fixture.open(settings)) {
      backend.post(Draft.of(TOPIC, "x"));
      assertThat(Fixture.contents(backend, TOPIC)).containsExactly("x");
    }
  }

  @Test
  void every_fault_is_said_with_its_remedy() {
    refused(trusting(PORT), "a certificate of the client", "tls_cert");
    refused(Map.of("url", "rediss://127.0.0.1:" + PORT_FOR_ALL), "not trusted", "tls_ca_cert");
    refused(
        Map.of("url", "rediss://localhost:" + PORT_FOR_ALL, "tls_ca_cert", file("server.crt")),
        "for another host",
        "tls_verify_host");
    refused(
        Map.of("url", "rediss://127.0.0.1:" + PORT_FOR_ALL, "tls_ca_cert", file("nowhere.crt")),
        "tls_ca_cert names",
        "cannot be read");
    refused(
        Map.of("url", "rediss://127.0.0.1:" + PORT_FOR_ALL, "tls_ca_cert", file("server.key")),
        "no certificate");
    refused(Map.of("url", "redis://127.0.0.1:" + PORT_FOR_ALL), "rediss");
    var settings = new HashMap<>(trusting(PORT));
    settings.put("tls_cert", file("server.crt"));
    settings.put("tls_key", file("server.crt"));
    refused(settings, "no private key", "openssl pkcs8");
  }

  @Test
  void the_host_may_be_left_unverified() {
    var settings =
        Map.of(
            "url",
            "rediss://localhost:" + PORT_FOR_ALL,
            "tls_ca_cert",
            file("server.crt"),
            "tls_verify_host",
            "false");
    try (var backend = Fixture.open(settings)) {
      assertThat(backend.post(Draft.of(TOPIC, "x"))).isNotNull();
    }
  }

  private static void refused(Map<String, String> settings, String... words) {
    try (var backend = Fixture.open(settings)) {
      assertThatThrownBy(() -> backend.post(Draft.of(TOPIC, "x")))
          .isInstanceOfAny(Misconfigured.class, Unavailable.class)
          .message()
          .contains(words);
    }
  }

  private static Map<String, String> trusting(int port) {
    return Map.of("url", "rediss://127.0.0.1:" + port, "tls_ca_cert", file("server.crt"));
  }

  private static RedisServer server(String certificate, int port, String clientsToo) {
    return RedisServer.inMemory(
            RedisServer.redis(),
            "--tls-port",
            Integer.toString(port),
            "--tls-cert-file",
            file(certificate + ".crt"),
            "--tls-key-file",
            file(certificate + ".key"),
            "--tls-ca-cert-file",
            file(certificate + ".crt"),
            "--tls-auth-clients",
            clientsToo)
        .started();
  }

  private static String file(String name) {
    return folder.resolve(name).toString();
  }

  private static void makeCertificate(String name, String subject)
      throws IOException, GeneralSecurityException, InterruptedException {
    var store = folder.resolve(name + ".p12");
    var made =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "RSA",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=" + subject,
                "-validity",
                "30",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit")
            .start()
            .waitFor();
    assertThat(made).isZero();
    var keys = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(store)) {
      keys.load(in, "changeit".toCharArray());
    }
    writePem(name + ".crt", "CERTIFICATE", keys.getCertificate(name).getEncoded());
    writePem(
        name + ".key", "PRIVATE KEY", keys.getKey(name, "changeit".toCharArray()).getEncoded());
  }

  private static void writePem(String file, String what, byte[] encoded) throws IOException {
    var body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
    Files.writeString(
        folder.resolve(file),
        "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(what, body));
  }
}
