package dev.parley.adapters.inbound.oauth.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.util.Base64URL;
import dev.parley.adapters.inbound.oauth.oidc.ProviderKeys.Lifetimes;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Real tokens of npm's {@code oidc-provider}, and what may be wrong with them. */
@TestInstance(Lifecycle.PER_CLASS)
class OidcProviderIT {

  private static final String PUBLIC_URL = "http://127.0.0.1:3000";
  private static final String RESOURCE = PUBLIC_URL + "/mcp";
  private static final String FOR_US = NpmProvider.forResource(RESOURCE) + "&scope=mcp:tools";

  private NpmProvider provider;
  private GuardedServer server;

  @BeforeAll
  void startProvider() throws IOException, URISyntaxException {
    provider = new NpmProvider(Path.of(System.getProperty("parley.peers"), "node_modules"));
  }

  @AfterAll
  void stopProvider() {
    provider.close();
  }

  @BeforeEach
  void start() {
    server = newServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private GuardedServer newServer() {
    return new GuardedServer(
        new OidcAuthorization(
            PUBLIC_URL,
            new TrustedProvider(new ProviderUrl(provider.issuer()), RESOURCE, null),
            new Admission(List.of(), List.of(), "parley-user"),
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
    return provider.token(provider.issuer(), "member", FOR_US);
  }

  @Test
  void a_good_token_enters_under_the_name_of_its_subject() {
    var answer = server.call(token());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("member");
  }

  @Test
  void a_token_for_another_resource_is_refused() {
    var elsewhere = NpmProvider.forResource("http://127.0.0.1:4000/mcp") + "&scope=mcp:tools";
    assertUnauthorized(
        server.call(provider.token(provider.issuer(), "member", elsewhere)),
        "not meant for this server");
  }

  @Test
  void a_token_of_another_issuer_with_the_same_keys_is_refused() {
    assertUnauthorized(
        server.call(provider.token(provider.other(), "member", FOR_US)), "another issuer");
  }

  @Test
  void a_token_is_good_until_it_expires() {
    var token = provider.token(provider.issuer(), "brief", FOR_US);
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
    var header = Base64URL.encode("{\"alg\":\"none\",\"typ\":\"at+jwt\"}");
    assertUnauthorized(server.call(header + "." + parts[1] + "."), "not signed");
  }

  @Test
  void an_opaque_token_is_refused() {
    assertUnauthorized(
        server.call(provider.token(provider.issuer(), "member", "")), "it is no JWT");
  }

  @Test
  void who_lacks_the_role_may_not_enter() {
    var answer = server.call(provider.token(provider.issuer(), "guest", FOR_US));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("may not use this server");
  }

  @Test
  void a_token_without_the_scope_has_to_step_up() {
    var answer =
        server.call(provider.token(provider.issuer(), "member", NpmProvider.forResource(RESOURCE)));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(challenge(answer)).contains("error=\"insufficient_scope\"", "scope=\"mcp:tools\"");
  }

  @Test
  void the_provider_may_rotate_its_keys() {
    var before = token();
    assertThat(server.call(before).statusCode()).isEqualTo(200);
    provider.rotate();
    await().untilAsserted(() -> assertThat(server.call(token()).statusCode()).isEqualTo(200));
    await().untilAsserted(() -> assertUnauthorized(server.call(before), "key"));
  }

  @Test
  void tokens_go_on_to_be_accepted_while_the_provider_is_down() {
    var token = token();
    assertThat(server.call(token).statusCode()).isEqualTo(200);
    provider.goDown();
    try {
      assertThat(server.call(token).statusCode()).isEqualTo(200);
    } finally {
      provider.comeUp();
    }
  }

  @Test
  void a_server_that_started_without_its_provider_answers_503_until_it_is_there() {
    var token = token();
    provider.goDown();
    try (var early = newServer()) {
      try {
        assertThat(early.call(token).statusCode()).isEqualTo(503);
        assertThat(early.call(null).statusCode()).isEqualTo(401);
      } finally {
        provider.comeUp();
      }
      await().untilAsserted(() -> assertThat(early.call(token).statusCode()).isEqualTo(200));
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
