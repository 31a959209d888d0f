package dev.parley.domain.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.authorization.RefreshToken.Use;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How long codes and tokens are good for, and what their use means. */
class TokensTest {

  private static final Instant ISSUED = Instant.parse("2026-11-28T12:00:00Z");
  private static final Duration MOMENT = Duration.ofMillis(1);
  private static final GrantId GRANT = new GrantId("grant");
  private static final TokenHash HASH = new TokenHash("hash");

  private final RefreshToken unused = new RefreshToken(HASH, GRANT, 3, ISSUED, null);

  @Test
  void an_access_token_lives_for_an_hour() {
    var token = new AccessToken(HASH, GRANT, ISSUED);
    var end = ISSUED.plus(Duration.ofHours(1));

    assertThat(token.isExpired(ISSUED)).isFalse();
    assertThat(token.isExpired(end.minus(MOMENT))).isFalse();
    assertThat(token.isExpired(end)).isTrue();
  }

  @Test
  void a_code_lives_for_a_minute() {
    var code =
        new AuthorizationCode(
            HASH,
            new ClientId("client"),
            new RedirectUri("https://example.com/cb"),
            "challenge",
            GRANT,
            ISSUED,
            false);
    var end = ISSUED.plusSeconds(60);

    assertThat(code.isExpired(end)).isFalse();
    assertThat(code.isExpired(end.plus(MOMENT))).isTrue();
    assertThat(code.spent().used()).isTrue();
  }

  @Test
  void an_unused_refresh_token_of_the_newest_generation_rotates() {
    assertThat(unused.use(ISSUED, 3)).isEqualTo(Use.ROTATES);
  }

  @Test
  void an_unused_one_whose_twin_went_on_is_worth_nothing() {
    assertThat(unused.use(ISSUED, 4)).isEqualTo(Use.REUSED);
  }

  @Test
  void the_immediate_predecessor_rotates_again_for_30_seconds() {
    var used = unused.rotated(ISSUED.plusSeconds(10));

    assertThat(used.use(ISSUED.plusSeconds(40), 4)).isEqualTo(Use.ROTATES);
    assertThat(used.use(ISSUED.plusSeconds(40).plus(MOMENT), 4)).isEqualTo(Use.REUSED);
  }

  @Test
  void an_older_one_never_rotates_again() {
    assertThat(unused.rotated(ISSUED).use(ISSUED, 5)).isEqualTo(Use.REUSED);
  }

  @Test
  void a_repetition_does_not_lengthen_the_grace() {
    var used = unused.rotated(ISSUED).rotated(ISSUED.plusSeconds(29));

    assertThat(used.rotatedAt()).isEqualTo(ISSUED);
    assertThat(used.use(ISSUED.plusSeconds(31), 4)).isEqualTo(Use.REUSED);
  }

  @Test
  void it_expires_after_60_days_without_use() {
    var end = ISSUED.plus(Duration.ofDays(60));

    assertThat(unused.use(end, 3)).isEqualTo(Use.ROTATES);
    assertThat(unused.use(end.plus(MOMENT), 3)).isEqualTo(Use.EXPIRED);
  }

  @Test
  void a_grant_counts_generations_up_and_never_down() {
    var grant = Grant.begin(GRANT, new ClientId("client"), ISSUED);

    assertThat(grant.newest()).isZero();
    assertThat(grant.rotatedFrom(0).newest()).isEqualTo(1);
    assertThat(grant.rotatedFrom(0).rotatedFrom(0).newest()).isEqualTo(1);
    assertThat(grant.rotatedFrom(0).rotatedFrom(1).newest()).isEqualTo(2);
  }
}
