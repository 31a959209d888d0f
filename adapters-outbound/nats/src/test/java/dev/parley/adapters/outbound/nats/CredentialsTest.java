package dev.parley.adapters.outbound.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.conformance.server.Certificates;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.BackendException.AccessDenied;
import dev.parley.ports.BackendException.Misconfigured;
import io.nats.client.NKey;
import io.nats.client.support.JwtUtils;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of credentials that a server takes, right and wrong. */
class CredentialsTest {

  private static final TopicName TOPIC = new TopicName("ctx");

  @TempDir private Path folder;

  private static NatsServer server(String configuration) {
    return NatsServer.configured(NatsServer.current(), configuration).started();
  }

  private static void works(NatsServer server, Map<String, Object> settings) {
    try (var backend = Fixture.open(server, settings)) {
      var content = "by " + settings.keySet();
      backend.post(Draft.of(TOPIC, content));
      assertThat(Fixture.contents(backend, TOPIC)).endsWith(content);
    }
  }

  private static BackendException fails(List<String> servers, Map<String, Object> settings) {
    try (var backend = Fixture.open("agent", Fixture.config(servers, settings))) {
      backend.fetchRecent(TOPIC, Window.latest(1));
      throw new AssertionError("it should not have been let in");
    } catch (BackendException refused) {
      return refused;
    }
  }

  private static BackendException fails(NatsServer server, Map<String, Object> settings) {
    return fails(List.of(server.url()), settings);
  }

  @Test
  void user_and_password_also_in_the_address_and_never_shown() {
    try (var server = server("authorization {user: alice, password: \"s3cret\"}")) {
      works(server, Map.of("user", "alice", "password", "s3cret"));
      var address = "nats://alice:s3cret@127.0.0.1:" + server.port();
      try (var backend = Fixture.open("agent", Fixture.config(List.of(address), Map.of()))) {
        backend.post(Draft.of(TOPIC, "by address"));
        assertThat(backend.about().account()).isEqualTo("alice");
        assertThat(backend.about().toString()).doesNotContain("s3cret");
      }
      var refused = fails(List.of(address.replace("s3cret", "wr0ng")), Map.of());
      assertThat(refused).isInstanceOf(AccessDenied.class).hasMessageContaining("user 'alice'");
      assertThat(refused.toString()).doesNotContain("wr0ng");
    }
    var settings =
        NatsSettings.from(
            Fixture.config(
                List.of("nats://alice:s3cret@host", "t0ken@host2"), Map.of("token", "t0ken")));
    assertThat(settings.toString()).doesNotContain("s3cret").doesNotContain("t0ken\"");
    assertThat(settings.place()).isEqualTo("host:4222, host2:4222/PARLEY_");
  }

  @Test
  void a_token() {
    try (var server = server("authorization {token: \"t0ken\"}")) {
      works(server, Map.of("token", "t0ken"));
      assertThat(fails(server, Map.of("token", "wr0ng")))
          .isInstanceOf(AccessDenied.class)
          .hasMessageContaining("token")
          .hasMessageNotContaining("wr0ng");
    }
  }

  @Test
  void an_nkey() throws GeneralSecurityException, IOException {
    var key = NKey.createUser(null);
    var file = Files.writeString(folder.resolve("user.nk"), new String(key.getSeed()) + "\n");
    var other =
        Files.writeString(
            folder.resolve("other.nk"), new String(NKey.createUser(null).getSeed()) + "\n");
    var configuration =
        "authorization {users: [{nkey: %s}]}".formatted(new String(key.getPublicKey()));
    try (var server = server(configuration)) {
      works(server, Map.of("nkey_file", file));
      assertThat(fails(server, Map.of("nkey_file", other)))
          .isInstanceOf(AccessDenied.class)
          .hasMessageContaining(other.toString());
      assertThat(fails(server, Map.of("nkey_file", folder.resolve("missing.nk"))))
          .isInstanceOf(Misconfigured.class)
          .hasMessageContaining("missing.nk");
      var empty = Files.writeString(folder.resolve("empty.nk"), "no seed here\n");
      assertThat(fails(server, Map.of("nkey_file", empty)))
          .isInstanceOf(Misconfigured.class)
          .hasMessageContaining("holds no seed");
    }
  }

  @Test
  void a_users_credentials_of_an_operator() throws GeneralSecurityException, IOException {
    var operator = NKey.createOperator(null);
    var account = NKey.createAccount(null);
    var system = NKey.createAccount(null);
    var user = NKey.createUser(null);
    var accountId = new String(account.getPublicKey());
    var configuration =
        """
        operator: %s
        resolver: MEMORY
        system_account: %s
        resolver_preload: {%s: %s, %s: %s}
        """
            .formatted(
                jwt(operator, operator, "operator", "\"type\":\"operator\",\"version\":2"),
                new String(system.getPublicKey()),
                new String(system.getPublicKey()),
                jwt(operator, system, "system", "\"type\":\"account\",\"version\":2"),
                accountId,
                jwt(
                    operator,
                    account,
                    "account",
                    "\"type\":\"account\",\"version\":2,\"limits\":{\"subs\":-1,\"data\":-1,\"payload\":-1,\"imports\":-1,\"exports\":-1,\"wildcards\":true,\"conn\":-1,\"leaf\":-1,\"mem_storage\":-1,\"disk_storage\":-1,\"streams\":-1,\"consumer\":-1}"));
    var creds = folder.resolve("user.creds");
    Files.writeString(
        creds,
        JwtUtils.NATS_USER_JWT_FORMAT.formatted(
            JwtUtils.issueUserJWT(account, accountId, new String(user.getPublicKey())),
            new String(user.getSeed())));
    try (var server = server(configuration)) {
      works(server, Map.of("creds_file", creds));
      assertThat(fails(server, Map.of())).isInstanceOf(AccessDenied.class);
      var none = Files.writeString(folder.resolve("none.creds"), "nothing\n");
      assertThat(fails(server, Map.of("creds_file", none)))
          .isInstanceOf(Misconfigured.class)
          .hasMessageContaining("holds no credentials");
    }
  }

  private static String jwt(NKey issuer, NKey subject, String name, String nats)
      throws GeneralSecurityException, IOException {
    var claims =
        "{\"jti\":\"%s\",\"iat\":1700000000,\"iss\":\"%s\",\"name\":\"%s\",\"sub\":\"%s\",\"nats\":{%s}}"
            .formatted(
                name,
                new String(issuer.getPublicKey()),
                name,
                new String(subject.getPublicKey()),
                nats);
    var header =
        base64("{\"typ\":\"JWT\", \"alg\":\"ed25519-nkey\"}".getBytes(StandardCharsets.UTF_8));
    var body = base64(claims.getBytes(StandardCharsets.UTF_8));
    var signed = (header + "." + body).getBytes(StandardCharsets.UTF_8);
    return header + "." + body + "." + base64(issuer.sign(signed));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Test
  void tls_with_an_authority_of_ones_own_and_the_name_checked() {
    var right = Certificates.make(folder, "right", "ip:127.0.0.1");
    var elsewhere = Certificates.make(folder, "elsewhere", "dns:elsewhere.example");
    try (var server = server(tls(right, ""))) {
      works(server, Map.of("tls_ca", right.certificate()));
      assertThat(fails(server, Map.of()))
          .isInstanceOf(Misconfigured.class)
          .hasMessageContaining("insists on TLS");
      assertThat(fails(server, Map.of("tls", true)))
          .isInstanceOf(Misconfigured.class)
          .hasMessageContaining("tls_ca");
      assertThat(fails(server, Map.of("tls_ca", elsewhere.certificate())))
          .isInstanceOf(Misconfigured.class)
          .hasMessageContaining("TLS with");
      assertThat(fails(server, Map.of("tls_ca", right.key())))
          .isInstanceOf(Misconfigured.class)
          .hasMessageContaining("holds no certificate");
    }
    try (var server = server(tls(elsewhere, ""))) {
      assertThat(fails(server, Map.of("tls_ca", elsewhere.certificate())))
          .isInstanceOf(Misconfigured.class)
          .hasMessageContaining("127.0.0.1");
    }
  }

  @Test
  void tls_before_anything_else() {
    var certificates = Certificates.make(folder, "first", "ip:127.0.0.1");
    try (var server = server(tls(certificates, "handshake_first: true"))) {
      works(server, Map.of("tls_ca", certificates.certificate(), "tls_first", true));
    }
  }

  @Test
  void a_client_certificate() {
    var own = Certificates.make(folder, "client", "email:agent@example.com");
    var servers = Certificates.make(folder, "verifying", "ip:127.0.0.1");
    var verify = "ca_file: \"%s\", verify: true".formatted(own.certificate());
    try (var server = server(tls(servers, verify))) {
      works(
          server,
          Map.of(
              "tls_ca",
              servers.certificate(),
              "tls_cert",
              own.certificate(),
              "tls_key",
              own.key()));
      assertThat(fails(server, Map.of("tls_ca", servers.certificate())))
          .hasMessageContaining("tls_cert");
      assertThat(
              fails(
                  server,
                  Map.of(
                      "tls_ca",
                      servers.certificate(),
                      "tls_cert",
                      own.certificate(),
                      "tls_key",
                      own.certificate())))
          .isInstanceOf(Misconfigured.class)
          .hasMessageContaining("openssl pkcs8");
    }
  }

  private static String tls(Certificates certificates, String more) {
    return "tls {cert_file: \"%s\", key_file: \"%s\", %s}"
        .formatted(certificates.certificate(), certificates.key(), more)
        .replace(", }", "}");
  }

  @Test
  void what_does_not_go_together_is_refused() {
    for (var settings :
        List.<Map<String, Object>>of(
            Map.of("user", "alice"),
            Map.of("password", "s3cret"),
            Map.of("token", "t", "user", "alice", "password", "s3cret"),
            Map.of("tls_cert", folder.resolve("x")),
            Map.of("subject_prefix", "a.>"),
            Map.of("subject_prefix", "a b"),
            Map.of("stream_prefix", "a.b"),
            Map.of("servers", List.of("http://host")),
            Map.of("servers", List.of("nats://alice:s3cret@ho st")))) {
      assertThatThrownBy(() -> Fixture.open("agent", Fixture.config(List.of("nats://h"), settings)))
          .as(settings.toString())
          .isInstanceOf(Misconfigured.class)
          .hasMessageNotContaining("s3cret");
    }
  }
}
