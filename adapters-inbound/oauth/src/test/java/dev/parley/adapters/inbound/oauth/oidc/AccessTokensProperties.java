package dev.parley.adapters.inbound.oauth.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.Base64URL;
import dev.parley.adapters.inbound.oauth.TokenCheck.Admitted;
import dev.parley.adapters.inbound.oauth.TokenCheck.Reason;
import dev.parley.adapters.inbound.oauth.TokenCheck.Refused;
import dev.parley.adapters.inbound.oauth.oidc.ProviderKeys.Lifetimes;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

class AccessTokensProperties {

  private static final SigningProvider PROVIDER = new SigningProvider();
  private static final String TOKEN = PROVIDER.token();
  private static final AccessTokens TOKENS =
      new AccessTokens(
          new ProviderKeys(PROVIDER.trusted()).kept(Lifetimes.USUAL),
          new ClaimsCheck(PROVIDER.trusted(), Duration.ZERO),
          SigningProvider.AUDIENCE,
          new Admission(List.of(SigningProvider.SUBJECT), List.of(), null),
          null);

  @AfterContainer
  static void stop() {
    PROVIDER.close();
  }

  @Property
  void any_changed_byte_of_claims_or_signature_has_the_token_refused(
      @ForAll @IntRange(min = 1, max = 2) int part,
      @ForAll @IntRange(min = 0, max = 100_000) int place,
      @ForAll @IntRange(min = 1, max = 255) int change) {
    assertThat(TOKENS.check(TOKEN)).isInstanceOf(Admitted.class);
    var parts = TOKEN.split("\\.", -1);
    var bytes = new Base64URL(parts[part]).decode();
    bytes[place % bytes.length] ^= (byte) change;
    parts[part] = Base64URL.encode(bytes).toString();
    assertThat(TOKENS.check(String.join(".", parts)))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.INVALID));
  }

  @Property
  void no_text_makes_the_check_fail_otherwise_than_by_refusing(@ForAll String text) {
    assertThat(TOKENS.check(text)).isInstanceOf(Refused.class);
    assertThat(TOKENS.check(TOKEN + text + ".")).isInstanceOf(Refused.class);
  }

  @Property
  void no_claims_make_the_check_fail_otherwise_than_by_refusing(@ForAll String claims) {
    var parts = TOKEN.split("\\.", -1);
    parts[1] = Base64URL.encode(claims).toString();
    assertThat(TOKENS.check(String.join(".", parts))).isInstanceOf(Refused.class);
  }
}
