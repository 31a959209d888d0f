package dev.parley.adapters.inbound.oauth.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import dev.parley.adapters.inbound.oauth.oidc.ProviderKeys.Lifetimes;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OidcAuthorizationTest {

  private static final String PUBLIC_URL = "https://parley.example.com";
  private static final String CHALLENGE =
      "Bearer"
          + " resource_metadata=\"https://parley.example.com/.well-known/oauth-protected-resource/mcp\","
          + " scope=\"mcp:tools\"";

  private final SigningProvider provider = new SigningProvider();
  private final OidcAuthorization authorization =
      new OidcAuthorization(
          PUBLIC_URL,
          provider.trusted(),
          new Admission(List.of(SigningProvider.SUBJECT), List.of(), null),
          "mcp:tools",
          Duration.ofSeconds(30),
          new Lifetimes(
              Duration.ofMinutes(5),
              Duration.ofHours(1),
              Duration.ofMillis(100),
              Duration.ofSeconds(15)),
          Set.of());

  @AfterEach
  void stop() {
    provider.close();
  }

  @Test
  void a_client_without_a_token_is_led_to_the_provider()
      throws IOException, InterruptedException, ParseException {
    try (var server = new GuardedServer(authorization)) {
      var refused = server.call(null);
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(challenge(refused)).isEqualTo(CHALLENGE);
      for (var path : List.of("", "/mcp")) {
        var metadata =
            JSONObjectUtils.parse(
                server.get("/.well-known/oauth-protected-resource" + path).body());
        assertThat(metadata)
            .containsEntry("resource", "https://parley.example.com/mcp")
            .containsEntry("authorization_servers", List.of(provider.issuer()))
            .containsEntry("scopes_supported", List.of("mcp:tools"));
      }
    }
  }

  @Test
  void a_good_token_enters_under_the_name_of_its_subject() {
    try (var server = new GuardedServer(authorization)) {
      var answer = server.call(provider.token());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(SigningProvider.SUBJECT);
    }
  }

  @Test
  void a_bad_token_is_challenged_to_be_replaced() {
    try (var server = new GuardedServer(authorization)) {
      var refused = server.call(provider.sign(provider.claims().audience("other").build()));
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(challenge(refused))
          .startsWith(CHALLENGE + ", error=\"invalid_token\", error_description=\"")
          .contains("not meant for this server");
    }
  }

  @Test
  void a_token_with_too_narrow_a_scope_is_challenged_to_step_up() {
    try (var server = new GuardedServer(authorization)) {
      var refused = server.call(provider.sign(provider.claims().claim("scope", "openid").build()));
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(challenge(refused)).startsWith(CHALLENGE + ", error=\"insufficient_scope\"");
    }
  }

  @Test
  void who_may_not_enter_is_told_so() {
    try (var server = new GuardedServer(authorization)) {
      var refused = server.call(provider.sign(provider.claims().subject("somebody").build()));
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(challenge(refused)).isEqualTo(CHALLENGE);
      assertThat(refused.body()).contains("may not use this server").doesNotContain("somebody");
    }
  }

  @Test
  void a_server_starts_without_its_provider_and_finds_it_later() {
    provider.setUp(false);
    try (var log = new Logged();
        var server = new GuardedServer(authorization)) {
      await().untilAsserted(() -> assertThat(log.sentences(Level.WARN)).hasSize(1));
      var token = provider.token();
      assertThat(server.call(token).statusCode()).isEqualTo(503);
      provider.setUp(true);
      await().untilAsserted(() -> assertThat(server.call(token).statusCode()).isEqualTo(200));
      assertThat(log.sentences(Level.WARN)).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void no_part_of_a_token_is_logged(boolean up) {
    provider.setUp(up);
    try (var log = new Logged();
        var server = new GuardedServer(authorization)) {
      var wrong = provider.sign(provider.claims().audience("other").build());
      server.call(wrong);
      server.call(provider.token());
      await().untilAsserted(() -> assertThat(log.sentences(Level.DEBUG)).isNotEmpty());
      assertThat(String.join("\n", log.sentences()))
          .doesNotContain(wrong.split("\\.", -1))
          .doesNotContain(SigningProvider.SUBJECT);
    }
  }

  private static String challenge(HttpResponse<String> response) {
    return response.headers().firstValue("WWW-Authenticate").orElseThrow();
  }
}
