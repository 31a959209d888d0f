package dev.parley.adapters.inbound.oauth.oidc;

import static dev.parley.adapters.inbound.oauth.oidc.KeycloakAdmin.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.oauth2.sdk.ParseException;
import dev.parley.adapters.inbound.oauth.oidc.ProviderKeys.Lifetimes;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Real tokens of Keycloak, and what may be wrong with them. */
@TestInstance(Lifecycle.PER_CLASS)
class KeycloakIT {

  private static final String PUBLIC_URL = "http://127.0.0.1:3000";
  private static final String SCOPE = "openid mcp:tools";
  private static final Admission ROLE = new Admission(List.of(), List.of(), "parley-user");

  @TempDir static Path folder;

  private Keycloak keycloak;
  private KeycloakAdmin admin;
  private GuardedServer server;

  @BeforeAll
  void startKeycloak() throws IOException, ParseException {
    startKeycloak(0);
  }

  private void startKeycloak(int port) throws IOException, ParseException {
    keycloak =
        new Keycloak(
            Path.of(System.getProperty("parley.keycloak")),
            folder.resolve("keycloak-%d.log".formatted(port)),
            port);
    admin = new KeycloakAdmin(keycloak.url());
    try (var description = KeycloakIT.class.getResourceAsStream("keycloak.json")) {
      admin.setUp(
          new String(Objects.requireNonNull(description).readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @AfterAll
  void stopKeycloak() {
    admin.close();
    keycloak.close();
  }

  @BeforeEach
  void start() {
    server = newServer(ROLE);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private GuardedServer newServer(Admission admission) {
    return new GuardedServer(
        new OidcAuthorization(
            PUBLIC_URL,
            new TrustedProvider(new ProviderUrl(keycloak.issuer()), PUBLIC_URL + "/mcp", null),
            admission,
            "mcp:tools",
            Duration.ZERO,
            new Lifetimes(
                Duration.ofMinutes(5),
                Duration.ofHours(1),
                Duration.ofMillis(200),
                Duration.ofSeconds(15)),
            Set.of()));
  }

  private String token() {
    return text(admin.tokens("connector", "alice", SCOPE), "access_token");
  }

  @Test
  void a_good_token_enters_under_the_name_of_its_subject() {
    var answer = server.call(token());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  }

  @Test
  void a_client_that_registers_itself_gets_its_owner_in() throws ParseException {
    var callback = "https://connector.example.com/callback";
    admin.trustRegistrationsFor("connector.example.com");
    var client = admin.register(callback, "mcp:tools");
    var tokens = new KeycloakLogin(keycloak.issuer()).tokens(client, callback, "mcp:tools");
    var answer = server.call(text(tokens, "access_token"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  @Test
  void a_token_that_no_mapper_gave_the_audience_is_refused() {
    var token = text(admin.tokens("connector", "alice", "openid"), "access_token");
    assertUnauthorized(server.call(token), "not meant for this server");
  }

  @Test
  void a_token_got_under_another_name_of_the_same_keycloak_has_another_issuer() {
    try (var byName = new KeycloakAdmin("http://localhost:" + keycloak.port())) {
      var token = text(byName.tokens("connector", "alice", SCOPE), "access_token");
      assertUnauthorized(server.call(token), "another issuer");
    }
  }

  @Test
  void a_token_of_another_realm_is_refused() {
    assertUnauthorized(server.call(admin.tokenOfAnotherRealm()), "another issuer");
  }

  @Test
  void a_token_is_good_until_it_expires() {
    var token = text(admin.tokens("brief", "alice", SCOPE), "access_token");
    assertThat(server.call(token).statusCode()).isEqualTo(200);
    await().untilAsserted(() -> assertUnauthorized(server.call(token), "has expired"));
  }

  @Test
  void a_token_with_another_signature_is_refused() {
    var parts = token().split("\\.", -1);
    var signature = new Base64URL(parts[2]).decode();
    signature[signature.length / 2] ^= 1;
    assertUnauthorized(
        server.call(parts[0] + "." + parts[1] + "." + Base64URL.encode(signature)), "signature");
  }

  @Test
  void a_token_without_an_algorithm_is_refused() {
    var parts = token().split("\\.", -1);
    var header = Base64URL.encode("{\"alg\":\"none\",\"typ\":\"JWT\"}");
    assertUnauthorized(server.call(header + "." + parts[1] + "."), "not signed");
  }

  @Test
  void neither_an_id_token_nor_a_refresh_token_is_an_access_token() {
    var tokens = admin.tokens("connector", "alice", SCOPE);
    assertUnauthorized(server.call(text(tokens, "id_token")), "not the ID token");
    assertThat(server.call(text(tokens, "refresh_token")).statusCode()).isEqualTo(401);
  }

  @Test
  void who_lacks_the_role_may_not_enter() {
    assertForbidden(server.call(bobs()));
  }

  @Test
  void who_lacks_a_role_of_the_scope_gets_neither_scope_nor_audience() {
    var token = text(admin.tokens("connector", "bob", SCOPE), "access_token");
    assertUnauthorized(server.call(token), "not meant for this server");
  }

  @Test
  void names_and_subjects_are_gates_as_well() {
    var subject = server.call(token()).body();
    for (var admission :
        List.of(
            new Admission(List.of(), List.of("alice"), null),
            new Admission(List.of(subject), List.of(), null))) {
      try (var gated = newServer(admission)) {
        assertThat(gated.call(token()).statusCode()).isEqualTo(200);
        assertForbidden(gated.call(bobs()));
      }
    }
  }

  /** A token with the audience, which the client gives whoever uses it. */
  private String bobs() {
    return text(admin.tokens("narrow", "bob", "openid"), "access_token");
  }

  private static void assertForbidden(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("may not use this server");
  }

  @Test
  void a_token_without_the_scope_has_to_step_up() {
    var answer = server.call(text(admin.tokens("narrow", "alice", "openid"), "access_token"));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(challenge(answer)).contains("error=\"insufficient_scope\"", "scope=\"mcp:tools\"");
  }

  @Test
  void keycloak_may_rotate_its_keys() throws ParseException {
    var before = token();
    assertThat(server.call(before).statusCode()).isEqualTo(200);
    admin.rotate();
    await().untilAsserted(() -> assertThat(server.call(token()).statusCode()).isEqualTo(200));
    await().untilAsserted(() -> assertUnauthorized(server.call(before), "key"));
  }

  @Test
  void keycloak_may_be_down_and_come_back() throws IOException, ParseException {
    var token = token();
    assertThat(server.call(token).statusCode()).isEqualTo(200);
    var port = keycloak.port();
    stopKeycloak();
    assertThat(server.call(token).statusCode()).isEqualTo(200);
    try (var early = newServer(ROLE)) {
      assertThat(early.call(token).statusCode()).isEqualTo(503);
      startKeycloak(port);
      await().untilAsserted(() -> assertThat(early.call(token()).statusCode()).isEqualTo(200));
    }
  }

  private static void assertUnauthorized(HttpResponse<String> answer, String why) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
    assertThat(challenge(answer))
        .contains(
            "resource_metadata=\"http://127.0.0.1:3000/.well-known/oauth-protected-resource/mcp\"",
            "error=\"invalid_token\"",
            why);
  }

  private static String challenge(HttpResponse<String> response) {
    return response.headers().firstValue("WWW-Authenticate").orElseThrow();
  }
}
