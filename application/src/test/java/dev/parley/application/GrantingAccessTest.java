package dev.parley.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.domain.authorization.ClientId;
import dev.parley.domain.authorization.RedirectUri;
import dev.parley.domain.authorization.RegisteredClient;
import dev.parley.ports.inbound.GrantAccess.Reason;
import dev.parley.ports.inbound.GrantAccess.Refused;
import dev.parley.ports.inbound.GrantAccess.Tokens;
import dev.parley.ports.outbound.ClientDocuments;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class GrantingAccessTest {

  private static final RedirectUri CALLBACK = new RedirectUri("https://example.com/cb");
  private static final Optional<RedirectUri> REPEATED = Optional.of(CALLBACK);
  private static final ClientId CLIENT = new ClientId("client");
  private static final ClientId OTHER = new ClientId("other");
  private static final ClientId DOCUMENT = new ClientId("https://example.com/client.json");
  private static final String CHALLENGE = "challenge";

  private final MemoryAuthorizations kept = new MemoryAuthorizations();
  private Instant now = Instant.parse("2026-11-28T12:00:00Z");
  private final GrantingAccess access =
      new GrantingAccess(kept, GrantingAccessTest::fetched, "sesame"::equals, () -> now);

  private static RegisteredClient fetched(ClientId id) {
    if (!id.equals(DOCUMENT)) {
      throw new ClientDocuments.Unusable("there is no such document");
    }
    return new RegisteredClient(id, "described", List.of(CALLBACK));
  }

  @Test
  void a_client_that_registered_is_known() {
    var client = access.register("app", List.of(CALLBACK));

    assertThat(access.client(client.id())).isEqualTo(client);
    assertThat(client.id().value()).hasSizeGreaterThan(20);
    assertThat(access.register("app", List.of(CALLBACK)).id()).isNotEqualTo(client.id());
  }

  @Test
  void one_that_did_not_is_told_to() {
    assertRefused(Reason.UNKNOWN_CLIENT, "register it anew", () -> access.client(CLIENT));
  }

  @Test
  void a_client_whose_id_is_a_url_is_what_its_document_says() {
    assertThat(access.client(DOCUMENT).name()).isEqualTo("described");
    assertRefused(
        Reason.UNKNOWN_CLIENT,
        "there is no such document",
        () -> access.client(new ClientId("https://example.com/other.json")));
  }

  @Test
  void a_client_with_a_grant_outlives_any_number_of_others() {
    var client = access.register("app", List.of(CALLBACK)).id();
    access.redeem(code(client), client, REPEATED, CHALLENGE);
    var idle = access.register("idle", List.of(CALLBACK)).id();
    for (var n = 0; n < 1_000; n++) {
      access.register("flood", List.of(CALLBACK));
    }

    assertThat(access.client(client).name()).isEqualTo("app");
    assertRefused(Reason.UNKNOWN_CLIENT, "register it anew", () -> access.client(idle));
  }

  @Test
  void when_every_client_has_a_grant_no_further_one_is_kept() {
    for (var n = 0; n < 1_000; n++) {
      var client = access.register("app", List.of(CALLBACK)).id();
      access.redeem(code(client), client, REPEATED, CHALLENGE);
    }

    assertRefused(
        Reason.TOO_MANY, "revoke one first", () -> access.register("app", List.of(CALLBACK)));
  }

  @Test
  void the_owner_is_known_by_the_passphrase() {
    assertThat(access.isOwner("sesame")).isTrue();
    assertThat(access.isOwner("Sesame")).isFalse();
  }

  @Test
  void a_code_becomes_tokens_that_let_the_client_in_for_an_hour() {
    var tokens = tokens();

    assertThat(tokens.expiresIn()).isEqualTo(Duration.ofHours(1));
    assertThat(access.authenticate(tokens.access())).isPresent();
    assertThat(access.authenticate(tokens.refresh())).isEmpty();
    pass(Duration.ofMinutes(59));
    assertThat(access.authenticate(tokens.access())).isPresent();
    pass(Duration.ofMinutes(1));
    assertThat(access.authenticate(tokens.access())).isEmpty();
  }

  @Test
  void a_client_of_oauth_2_1_does_not_repeat_the_redirect_uri() {
    assertThat(access.redeem(code(CLIENT), CLIENT, Optional.empty(), CHALLENGE)).isNotNull();
  }

  @Test
  void a_code_is_of_no_use_to_another_client_and_stays_good() {
    var code = code(CLIENT);

    assertInvalid("another client", () -> access.redeem(code, OTHER, REPEATED, CHALLENGE));
    assertThat(access.redeem(code, CLIENT, REPEATED, CHALLENGE)).isNotNull();
  }

  @Test
  void a_code_with_another_redirect_uri_is_refused() {
    var other = Optional.of(new RedirectUri("https://example.com/other"));

    assertInvalid("redirect_uri", () -> access.redeem(code(CLIENT), CLIENT, other, CHALLENGE));
  }

  @Test
  void a_wrong_verifier_spends_the_code() {
    var code = code(CLIENT);

    assertInvalid("code_verifier", () -> access.redeem(code, CLIENT, REPEATED, "guess"));
    assertInvalid("used before", () -> access.redeem(code, CLIENT, REPEATED, CHALLENGE));
  }

  @Test
  void a_code_is_too_old_after_a_minute() {
    var code = code(CLIENT);
    pass(Duration.ofSeconds(61));

    assertInvalid("older than a minute", () -> access.redeem(code, CLIENT, REPEATED, CHALLENGE));
  }

  @Test
  void a_code_that_nobody_gave_is_refused() {
    assertInvalid("unknown", () -> access.redeem("invented", CLIENT, REPEATED, CHALLENGE));
  }

  @Test
  void a_second_use_of_a_code_ends_what_came_of_the_first() {
    var code = code(CLIENT);
    var tokens = access.redeem(code, CLIENT, REPEATED, CHALLENGE);
    pass(Duration.ofMinutes(30));

    assertInvalid("used before", () -> access.redeem(code, CLIENT, REPEATED, CHALLENGE));

    assertThat(access.authenticate(tokens.access())).isEmpty();
    assertInvalid("unknown", () -> access.refresh(tokens.refresh(), CLIENT));
  }

  @Test
  void another_client_that_repeats_a_code_ends_nothing() {
    var code = code(CLIENT);
    var tokens = access.redeem(code, CLIENT, REPEATED, CHALLENGE);

    assertInvalid("another client", () -> access.redeem(code, OTHER, REPEATED, CHALLENGE));

    assertThat(access.authenticate(tokens.access())).isPresent();
  }

  @Test
  void a_refresh_token_gives_new_tokens_of_the_same_grant() {
    var first = tokens();
    var second = access.refresh(first.refresh(), CLIENT);

    assertThat(second.refresh()).isNotEqualTo(first.refresh());
    assertThat(access.authenticate(second.access()))
        .isPresent()
        .isEqualTo(access.authenticate(first.access()));
  }

  @Test
  void a_refresh_token_that_was_used_before_ends_the_family() {
    var first = tokens();
    var second = access.refresh(first.refresh(), CLIENT);
    pass(Duration.ofSeconds(31));

    assertInvalid("used before", () -> access.refresh(first.refresh(), CLIENT));

    assertThat(access.authenticate(second.access())).isEmpty();
    assertInvalid("unknown", () -> access.refresh(second.refresh(), CLIENT));
  }

  @Test
  void of_two_refreshes_at_once_both_get_tokens_and_the_first_to_go_on_wins() {
    var first = tokens();
    var left = access.refresh(first.refresh(), CLIENT);
    var right = access.refresh(first.refresh(), CLIENT);

    assertThat(access.refresh(left.refresh(), CLIENT)).isNotNull();
    assertInvalid("used before", () -> access.refresh(right.refresh(), CLIENT));
  }

  @Test
  void a_refresh_token_is_of_no_use_to_another_client_and_stays_good() {
    var tokens = tokens();

    assertInvalid("another client", () -> access.refresh(tokens.refresh(), OTHER));
    assertThat(access.refresh(tokens.refresh(), CLIENT)).isNotNull();
  }

  @Test
  void a_grant_that_is_not_used_for_60_days_is_forgotten() {
    tokens();
    pass(Duration.ofDays(61));
    var before = kept.size();

    tokens();

    // A code, a grant, an access and a refresh token replace those of long ago.
    assertThat(kept.size()).isEqualTo(before);
  }

  @Test
  void what_expired_is_forgotten_where_tokens_are_issued() {
    var tokens = tokens();
    for (var day = 0; day < 400; day++) {
      pass(Duration.ofDays(1));
      tokens = access.refresh(tokens.refresh(), CLIENT);
    }

    // One grant, the access token of today, the refresh tokens of 60 days and of today.
    assertThat(kept.size()).isEqualTo(1 + 1 + 60 + 1);
  }

  @Test
  void either_token_revokes_the_whole_grant() {
    var first = tokens();
    var second = tokens();

    access.revoke(first.access(), CLIENT);
    access.revoke(second.refresh(), CLIENT);

    for (var tokens : List.of(first, second)) {
      assertThat(access.authenticate(tokens.access())).isEmpty();
      assertInvalid("unknown", () -> access.refresh(tokens.refresh(), CLIENT));
    }
  }

  @Test
  void nobody_revokes_what_another_client_was_given() {
    var tokens = tokens();

    access.revoke(tokens.refresh(), OTHER);
    access.revoke(tokens.access(), OTHER);
    access.revoke("invented", CLIENT);

    assertThat(access.authenticate(tokens.access())).isPresent();
  }

  @Test
  void tokens_do_not_appear_where_they_are_printed() {
    var tokens = tokens();

    assertThat(tokens.toString()).doesNotContain(tokens.access(), tokens.refresh());
  }

  private Tokens tokens() {
    return access.redeem(code(CLIENT), CLIENT, REPEATED, CHALLENGE);
  }

  private String code(ClientId client) {
    return access.approve(client, CALLBACK, CHALLENGE);
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private static void assertInvalid(String why, ThrowingCallable call) {
    assertRefused(Reason.INVALID_GRANT, why, call);
  }

  private static void assertRefused(Reason reason, String why, ThrowingCallable call) {
    assertThatExceptionOfType(Refused.class)
        .isThrownBy(call)
        .withMessageContaining(why)
        .extracting(Refused::reason)
        .isEqualTo(reason);
  }
}
