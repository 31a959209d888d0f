package dev.parley.adapters.inbound.oauth.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.parley.adapters.inbound.oauth.TokenCheck.Admitted;
import dev.parley.adapters.inbound.oauth.TokenCheck.Reason;
import dev.parley.adapters.inbound.oauth.TokenCheck.Refused;
import dev.parley.adapters.inbound.oauth.TokenCheck.Verdict;
import dev.parley.adapters.inbound.oauth.oidc.ProviderKeys.Lifetimes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokensTest {

  private static final Admission ROLE = new Admission(List.of(), List.of(), "parley-user");
  private static final Duration SKEW = Duration.ofSeconds(30);

  private final SigningProvider provider = new SigningProvider();

  @AfterEach
  void stop() {
    provider.close();
  }

  @Test
  void a_good_token_lets_its_subject_in() {
    assertThat(check(ROLE, null, provider.token()))
        .isEqualTo(new Admitted(SigningProvider.SUBJECT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"at+jwt", "AT+JWT", "application/at+jwt", "JWT", "jwt"})
  void access_tokens_of_every_usual_type_are_accepted(String type) {
    assertThat(check(ROLE, null, provider.sign(type, provider.claims().build())))
        .isInstanceOf(Admitted.class);
  }

  @Test
  void a_token_without_a_type_is_accepted() {
    var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(provider.key().getKeyID()).build();
    assertThat(
            check(
                ROLE,
                null,
                SigningProvider.sign(header, provider.key(), provider.claims().build())))
        .isInstanceOf(Admitted.class);
  }

  @Test
  void a_token_signed_on_a_curve_is_accepted() throws JOSEException {
    var curve = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
    provider.publish(curve.toPublicJWK());
    var header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("ec").build();
    assertThat(check(ROLE, null, SigningProvider.sign(header, curve, provider.claims().build())))
        .isInstanceOf(Admitted.class);
  }

  static Stream<Arguments> claimsThatAreRefused() {
    return Stream.of(
        claims("another issuer", "another issuer", c -> c.issuer("https://evil.example.com")),
        claims(
            "the issuer with a slash more",
            "another issuer",
            c -> c.issuer(c.getClaims().get("iss") + "/")),
        claims("no issuer", "another issuer", c -> c.issuer(null)),
        claims("another audience", "not meant for this server", c -> c.audience("account")),
        claims(
            "a longer audience",
            "not meant for this server",
            c -> c.audience(SigningProvider.AUDIENCE + "/more")),
        claims("no audience", "not meant for this server", c -> c.audience((String) null)),
        claims("expired", "has expired", c -> c.expirationTime(inSeconds(-31))),
        claims("no end", "lacks sub or exp", c -> c.expirationTime(null)),
        claims("not yet", "not valid yet", c -> c.notBeforeTime(inSeconds(35))),
        claims("no subject", "lacks sub or exp", c -> c.subject(null)),
        claims("Keycloak's ID token", "not the ID token", c -> c.claim("typ", "ID")),
        claims("Keycloak's refresh token", "no access token", c -> c.claim("typ", "Refresh")),
        claims(
            "an ID token with a nonce",
            "not the ID token",
            c -> c.claim("typ", null).claim("nonce", "n")),
        claims(
            "an ID token with the hash of an access token",
            "not the ID token",
            c -> c.claim("typ", null).claim("at_hash", "h")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("claimsThatAreRefused")
  void wrong_claims_are_refused_for_their_reason(
      String what, String why, UnaryOperator<JWTClaimsSet.Builder> wrong) {
    assertRefused(
        Reason.INVALID,
        why,
        check(ROLE, null, provider.sign(wrong.apply(provider.claims()).build())));
  }

  @Test
  void clocks_may_differ_by_as_much_as_is_configured() {
    var late = provider.claims().expirationTime(inSeconds(-25)).notBeforeTime(inSeconds(25));
    assertThat(check(ROLE, null, provider.sign(late.build()))).isInstanceOf(Admitted.class);
  }

  static Stream<Arguments> signaturesThatAreRefused() {
    var other = SigningProvider.newKey();
    return Stream.of(
        signature("no algorithm", "not signed", p -> new PlainJWT(p.claims().build()).serialize()),
        signature(
            "no algorithm, but the signature of another token",
            "no JWT",
            p ->
                Base64URL.encode("{\"alg\":\"none\"}")
                    + p.token().substring(p.token().indexOf('.'))),
        signature(
            "another key under the id of the right one",
            "signature",
            p -> signed(p, JWSAlgorithm.RS256, other, p.key().getKeyID())),
        signature(
            "an unknown key",
            "signature",
            p -> signed(p, JWSAlgorithm.RS256, other, other.getKeyID())),
        signature(
            "another key in the header itself",
            "signature",
            p ->
                SigningProvider.sign(
                    new JWSHeader.Builder(JWSAlgorithm.RS256).jwk(other.toPublicJWK()).build(),
                    other,
                    p.claims().build())),
        signature("the public key as a shared secret", "signature", AccessTokensTest::confused),
        signature(
            "claims of one token, signature of another",
            "signature",
            p -> {
              var mine = p.token().split("\\.", -1);
              var others = p.sign(p.claims().subject("other").build()).split("\\.", -1);
              return mine[0] + "." + others[1] + "." + mine[2];
            }),
        signature("no signature", "no JWT", p -> p.token().replaceFirst("[^.]*$", "")),
        signature(
            "an extension that must be understood",
            "signature",
            p ->
                SigningProvider.sign(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID(p.key().getKeyID())
                        .criticalParams(Set.of("exp"))
                        .build(),
                    p.key(),
                    p.claims().build())),
        signature("a type of its own", "type", p -> p.sign("logout+jwt", p.claims().build())),
        signature("an opaque token", "no JWT", p -> "b26d2e1f8c"),
        signature("nothing", "no JWT", p -> ""),
        signature("many dots", "no JWT", p -> ".".repeat(4_000)),
        signature(
            "deep nesting",
            "no JWT",
            p -> p.token().replaceFirst("\\..*\\.", "." + Base64URL.encode(nested()) + ".")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("signaturesThatAreRefused")
  void wrong_signatures_are_refused(
      String what, String why, Function<SigningProvider, String> wrong) {
    assertRefused(Reason.INVALID, why, check(ROLE, null, wrong.apply(provider)));
  }

  @Test
  void a_shared_secret_among_the_keys_is_not_used() throws JOSEException {
    var secret =
        new com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator(256).keyID("secret").generate();
    provider.publish(secret);
    var header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("secret").build();
    assertRefused(
        Reason.INVALID,
        "algorithm",
        check(ROLE, null, SigningProvider.sign(header, secret, provider.claims().build())));
  }

  @Test
  void a_foreign_token_is_not_worth_asking_for_keys() {
    check(ROLE, null, provider.sign(provider.claims().issuer("https://other.example.com").build()));
    assertThat(provider.fetches()).isZero();
  }

  static Stream<Arguments> gates() {
    var subject = List.of(SigningProvider.SUBJECT);
    return Stream.of(
        arguments(new Admission(subject, List.of(), null), true),
        arguments(new Admission(List.of("other"), List.of(), null), false),
        arguments(new Admission(List.of(), List.of("bob", "alice"), null), true),
        arguments(new Admission(List.of(), List.of("Alice"), null), false),
        arguments(new Admission(List.of(), List.of(), "parley-user"), true),
        arguments(new Admission(List.of(), List.of(), "parley"), false),
        arguments(new Admission(subject, List.of(), "parley"), false),
        arguments(new Admission(subject, List.of("bob"), null), false),
        arguments(new Admission(subject, List.of("alice"), "parley-user"), true));
  }

  @ParameterizedTest
  @MethodSource("gates")
  void every_gate_that_is_set_must_be_passed(Admission admission, boolean passes) {
    var verdict = check(admission, null, provider.token());
    if (passes) {
      assertThat(verdict).isInstanceOf(Admitted.class);
    } else {
      assertRefused(Reason.FORBIDDEN, "this account may not use this server", verdict);
    }
  }

  static Stream<Arguments> placesOfRoles() {
    return Stream.of(
        arguments("roles", List.of("parley-user"), true),
        arguments("realm_access", Map.of("roles", List.of("parley-user")), true),
        arguments(
            "resource_access",
            Map.of(SigningProvider.AUDIENCE, Map.of("roles", List.of("parley-user"))),
            true),
        arguments(
            "resource_access", Map.of("account", Map.of("roles", List.of("parley-user"))), false),
        arguments("roles", "parley-user", false),
        arguments("realm_access", List.of("parley-user"), false),
        arguments("scope", "parley-user", false));
  }

  @ParameterizedTest
  @MethodSource("placesOfRoles")
  void a_role_is_found_where_providers_put_it(String claim, Object value, boolean found) {
    var claims = provider.claims().claim("realm_access", null).claim(claim, value).build();
    assertThat(check(ROLE, null, provider.sign(claims)) instanceof Admitted).isEqualTo(found);
  }

  static Stream<Arguments> placesOfScopes() {
    return Stream.of(
        arguments("scope", "openid mcp:tools", true),
        arguments("scope", List.of("mcp:tools"), true),
        arguments("scp", List.of("openid", "mcp:tools"), true),
        arguments("scope", "mcp:toolsmith", false),
        arguments("scope", null, false),
        arguments("scope", Map.of("mcp:tools", true), false));
  }

  @ParameterizedTest
  @MethodSource("placesOfScopes")
  void a_required_scope_is_found_where_providers_put_it(
      String claim, @Nullable Object value, boolean found) {
    var claims = provider.claims().claim("scope", null).claim(claim, value).build();
    var verdict = check(ROLE, "mcp:tools", provider.sign(claims));
    if (found) {
      assertThat(verdict).isInstanceOf(Admitted.class);
    } else {
      assertRefused(Reason.INSUFFICIENT_SCOPE, "lacks the scope", verdict);
    }
  }

  @Test
  void who_may_not_enter_is_not_told_to_ask_for_a_scope() {
    var nobody = new Admission(List.of("nobody"), List.of(), null);
    assertRefused(Reason.FORBIDDEN, "may not use", check(nobody, "unheard-of", provider.token()));
  }

  private Verdict check(Admission admission, @Nullable String scope, String token) {
    var trusted = provider.trusted();
    try (var keys = new ProviderKeys(trusted).kept(Lifetimes.USUAL)) {
      return new AccessTokens(
              keys, new ClaimsCheck(trusted, SKEW), trusted.audience(), admission, scope)
          .check(token);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** The sentence goes into a header in quotes, and must not repeat what the token says. */
  private static void assertRefused(Reason reason, String why, Verdict verdict) {
    assertThat(verdict).isInstanceOf(Refused.class);
    var refused = (Refused) verdict;
    assertThat(refused.reason()).isEqualTo(reason);
    assertThat(refused.why())
        .contains(why)
        .doesNotContain("\"", "\\", "\n", "evil", "alice", SigningProvider.SUBJECT, "parley-user");
  }

  private static Arguments claims(
      String what, String why, UnaryOperator<JWTClaimsSet.Builder> wrong) {
    return arguments(what, why, wrong);
  }

  private static Arguments signature(
      String what, String why, Function<SigningProvider, String> wrong) {
    return arguments(what, why, wrong);
  }

  private static String signed(
      SigningProvider provider, JWSAlgorithm algorithm, JWK key, String id) {
    var header = new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT).keyID(id).build();
    return SigningProvider.sign(header, key, provider.claims().build());
  }

  /** A verifier that let the header choose would take the public key for the secret. */
  private static String confused(SigningProvider provider) {
    try {
      var header =
          new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(provider.key().getKeyID()).build();
      var token = new SignedJWT(header, provider.claims().build());
      token.sign(new MACSigner(provider.key().toRSAPublicKey().getEncoded()));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] nested() {
    return ("{\"a\":".repeat(2_000) + "1" + "}".repeat(2_000)).getBytes(StandardCharsets.UTF_8);
  }

  private static Date inSeconds(int seconds) {
    return Date.from(Instant.now().plusSeconds(seconds));
  }
}
