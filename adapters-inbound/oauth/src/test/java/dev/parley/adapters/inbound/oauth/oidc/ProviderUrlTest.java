package dev.parley.adapters.inbound.oauth.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderUrlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://id.example.com/realms/parley",
        "http://127.0.0.1:8080",
        "http://127.1.2.3/",
        "http://[::1]:8080/realms/parley",
        "http://localhost:8080/realms/parley"
      })
  void the_provider_is_asked_over_https_or_on_this_machine(String url) {
    assertThat(new ProviderUrl(url).uri()).hasToString(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://id.example.com",
        "http://10.0.0.1",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com",
        "http://127.0.0.1@example.com",
        "file:///etc/keys",
        "jar:https://id.example.com!/keys",
        "https:///keys",
        "id.example.com",
        "https://id example.com"
      })
  void anything_else_is_refused(String url) {
    assertThatThrownBy(() -> new ProviderUrl(url)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "https://id.example.com, https://id.example.com/.well-known/openid-configuration",
    "https://id.example.com/, https://id.example.com/.well-known/openid-configuration",
    "https://id.example.com/a/b, https://id.example.com/a/b/.well-known/openid-configuration"
  })
  void an_issuer_publishes_its_metadata_below_itself(String issuer, String discovery) {
    assertThat(new ProviderUrl(issuer).discovery().value()).isEqualTo(discovery);
  }
}
