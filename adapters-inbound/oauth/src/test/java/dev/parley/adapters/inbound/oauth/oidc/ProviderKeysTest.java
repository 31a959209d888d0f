package dev.parley.adapters.inbound.oauth.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.source.JWKSetBasedJWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import dev.parley.adapters.inbound.oauth.TokenCheck.Admitted;
import dev.parley.adapters.inbound.oauth.TokenCheck.Reason;
import dev.parley.adapters.inbound.oauth.TokenCheck.Refused;
import dev.parley.adapters.inbound.oauth.TokenCheck.Verdict;
import dev.parley.adapters.inbound.oauth.oidc.ProviderKeys.Lifetimes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderKeysTest {

  private static final Duration MOMENT = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofMinutes(5);

  /** Keys stay fresh, and the provider may be asked again after a moment. */
  private static final Lifetimes PATIENT =
      new Lifetimes(LONG, Duration.ofHours(1), MOMENT, Duration.ofSeconds(15));

  private final SigningProvider provider = new SigningProvider();
  private final List<JWKSetBasedJWKSource<SecurityContext>> opened = new ArrayList<>();

  @AfterEach
  void stop() throws IOException {
    for (var keys : opened) {
      keys.close();
    }
    provider.close();
  }

  @Test
  void many_tokens_need_one_fetch() {
    var tokens = tokens(PATIENT);
    for (var i = 0; i < 20; i++) {
      assertThat(tokens.check(provider.token())).isInstanceOf(Admitted.class);
    }
    assertThat(provider.fetches()).isEqualTo(1);
  }

  @Test
  void a_key_that_is_new_is_fetched_and_one_that_is_gone_is_not_used_any_more() {
    var tokens = tokens(PATIENT);
    var before = provider.token();
    assertThat(tokens.check(before)).isInstanceOf(Admitted.class);
    provider.rotate();
    assertThat(tokens.check(provider.token())).isInstanceOf(Admitted.class);
    assertThat(provider.fetches()).isEqualTo(2);
    await().untilAsserted(() -> assertRefused(Reason.INVALID, tokens.check(before)));
  }

  @Test
  void tokens_with_unknown_keys_have_the_provider_asked_twice_in_a_while_at_most() {
    var tokens = tokens(new Lifetimes(LONG, Duration.ofHours(1), LONG, Duration.ofSeconds(15)));
    assertThat(tokens.check(provider.token())).isInstanceOf(Admitted.class);
    assertRefused(Reason.INVALID, tokens.check(ofUnknownKey()));
    for (var i = 0; i < 50; i++) {
      assertRefused(Reason.UNAVAILABLE, tokens.check(ofUnknownKey()));
    }
    assertThat(provider.fetches()).isEqualTo(2);
    assertThat(tokens.check(provider.token())).isInstanceOf(Admitted.class);
  }

  @Test
  void known_keys_go_on_to_be_used_while_the_provider_is_down() {
    var tokens = tokens(PATIENT);
    assertThat(tokens.check(provider.token())).isInstanceOf(Admitted.class);
    provider.setUp(false);
    assertRefused(Reason.UNAVAILABLE, tokens.check(ofUnknownKey()));
    assertThat(tokens.check(provider.token())).isInstanceOf(Admitted.class);
    provider.setUp(true);
    await().untilAsserted(() -> assertRefused(Reason.INVALID, tokens.check(ofUnknownKey())));
  }

  @Test
  void keys_are_fetched_anew_beside_the_tokens_that_come() {
    var tokens = tokens(new Lifetimes(MOMENT, Duration.ofHours(1), MOMENT, MOMENT));
    assertThat(tokens.check(provider.token())).isInstanceOf(Admitted.class);
    await()
        .untilAsserted(() -> {
          assertThat(tokens.check(provider.token())).isInstanceOf(Admitted.class);
          assertThat(provider.fetches()).isGreaterThan(2);
        });
  }

  @Test
  void a_key_that_was_withdrawn_is_forgotten_without_a_new_one_being_used() {
    var tokens = tokens(new Lifetimes(MOMENT, Duration.ofHours(1), MOMENT, MOMENT));
    var before = provider.token();
    assertThat(tokens.check(before)).isInstanceOf(Admitted.class);
    provider.rotate();
    await().untilAsserted(() -> assertRefused(Reason.INVALID, tokens.check(before)));
  }

  @Test
  void keys_are_not_used_for_ever_without_the_provider() {
    var tokens = tokens(new Lifetimes(MOMENT, Duration.ofSeconds(1), MOMENT, MOMENT));
    assertThat(tokens.check(provider.token())).isInstanceOf(Admitted.class);
    provider.setUp(false);
    await().untilAsserted(() -> assertRefused(Reason.UNAVAILABLE, tokens.check(provider.token())));
    provider.setUp(true);
    await()
        .untilAsserted(
            () -> assertThat(tokens.check(provider.token())).isInstanceOf(Admitted.class));
  }

  @Test
  void an_outage_is_logged_once_and_so_is_its_end() {
    try (var log = new Logged()) {
      var tokens = tokens(PATIENT);
      provider.setUp(false);
      for (var i = 0; i < 20; i++) {
        assertRefused(Reason.UNAVAILABLE, tokens.check(provider.token()));
      }
      assertThat(log.sentences(Level.WARN))
          .singleElement()
          .asString()
          .contains(provider.issuer() + "/.well-known/openid-configuration answered 503");
      provider.setUp(true);
      await()
          .untilAsserted(
              () -> assertThat(tokens.check(provider.token())).isInstanceOf(Admitted.class));
      assertThat(log.sentences(Level.INFO)).singleElement().asString().contains("there again");
      assertThat(log.sentences(Level.WARN)).hasSize(1);
    }
  }

  @Test
  void metadata_of_another_issuer_is_not_believed() {
    assertUnavailable(
        metadata -> metadata.replace("\"issuer\": \"http", "\"issuer\": \"https"),
        "its metadata is of the issuer '" + provider.issuer().replace("http", "https") + "'");
  }

  @Test
  void keys_are_not_fetched_over_a_network_without_encryption() {
    assertUnavailable(
        metadata ->
            metadata.replaceFirst("\"jwks_uri\": \"[^\"]*", "\"jwks_uri\": \"http://192.0.2.1/"),
        "'http://192.0.2.1/' is no https URL");
  }

  @Test
  void keys_are_not_read_from_a_file() {
    assertUnavailable(
        metadata -> metadata.replaceFirst("\"jwks_uri\": \"[^\"]*", "\"jwks_uri\": \"file:///keys"),
        "'file:///keys' is no https URL");
  }

  @Test
  void metadata_without_a_place_of_keys_says_what_to_configure() {
    assertUnavailable(metadata -> metadata.replace("jwks_uri", "x"), "set auth.oidc.jwks_uri");
  }

  @Test
  void metadata_that_is_too_long_is_not_read_to_its_end() {
    assertUnavailable(metadata -> metadata + " ".repeat(101 * 1024), "failed: ");
  }

  @Test
  void metadata_that_is_none_is_refused() {
    assertUnavailable(metadata -> "<html>", "cannot be fetched");
  }

  private void assertUnavailable(
      java.util.function.UnaryOperator<String> metadata, String sentence) {
    try (var log = new Logged()) {
      provider.describe(metadata);
      assertRefused(Reason.UNAVAILABLE, tokens(PATIENT).check(provider.token()));
      assertThat(log.sentences(Level.WARN)).singleElement().asString().contains(sentence);
      assertThat(provider.fetches()).isZero();
    }
  }

  @Test
  void metadata_is_not_asked_for_when_the_place_of_the_keys_is_configured() {
    provider.describe(metadata -> "<html>");
    var trusted =
        new TrustedProvider(
            new ProviderUrl(provider.issuer()),
            SigningProvider.AUDIENCE,
            new ProviderUrl(provider.issuer() + "/keys"));
    assertThat(tokens(trusted, PATIENT).check(provider.token())).isInstanceOf(Admitted.class);
  }

  @Test
  void keys_are_not_looked_for_where_the_provider_redirects_to() {
    var redirecting = provider.issuer() + "/moved";
    var trusted =
        new TrustedProvider(
            new ProviderUrl(provider.issuer()),
            SigningProvider.AUDIENCE,
            new ProviderUrl(redirecting));
    try (var log = new Logged()) {
      assertRefused(Reason.UNAVAILABLE, tokens(trusted, PATIENT).check(provider.token()));
      assertThat(log.sentences(Level.WARN))
          .singleElement()
          .asString()
          .contains(redirecting + " answered 302");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{"})
  void a_provider_that_does_not_come_to_an_end_is_waited_for_5_seconds(String beginning)
      throws IOException {
    try (var slow = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.startVirtualThread(() -> begin(slow, beginning));
      var url = new ProviderUrl("http://127.0.0.1:" + slow.getLocalPort());
      var token = provider.sign(provider.claims().issuer(url.value()).build());
      var began = Instant.now();
      assertRefused(
          Reason.UNAVAILABLE,
          tokens(new TrustedProvider(url, SigningProvider.AUDIENCE, null), PATIENT).check(token));
      assertThat(Duration.between(began, Instant.now()))
          .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(9));
    }
  }

  /** Answers with a beginning, and then nothing as long as anybody listens. */
  private static void begin(ServerSocket slow, String beginning) {
    try (var connection = slow.accept();
        var output = connection.getOutputStream()) {
      output.write(beginning.getBytes(StandardCharsets.UTF_8));
      output.flush();
      connection.getInputStream().readAllBytes();
    } catch (IOException _) {
      // nobody listens any more
    }
  }

  private AccessTokens tokens(Lifetimes lifetimes) {
    return tokens(provider.trusted(), lifetimes);
  }

  private AccessTokens tokens(TrustedProvider trusted, Lifetimes lifetimes) {
    var keys = new ProviderKeys(trusted).kept(lifetimes);
    opened.add(keys);
    return new AccessTokens(
        keys,
        new ClaimsCheck(trusted, Duration.ZERO),
        trusted.audience(),
        new Admission(List.of(SigningProvider.SUBJECT), List.of(), null),
        null);
  }

  private String ofUnknownKey() {
    return SigningProvider.sign(
        new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("unknown").build(),
        provider.key(),
        provider.claims().build());
  }

  private static void assertRefused(Reason reason, Verdict verdict) {
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }
}
