package dev.parley.domain.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegisteredClientTest {

  private static final RedirectUri WEB = new RedirectUri("https://example.com/cb");
  private static final RedirectUri LOCAL = new RedirectUri("http://localhost/cb");

  @Test
  void answers_go_only_where_it_registered() {
    var client = client("app", List.of(WEB, LOCAL));

    assertThat(client.mayRedirectTo(WEB)).isTrue();
    assertThat(client.mayRedirectTo(new RedirectUri("http://localhost:5000/cb"))).isTrue();
    assertThat(client.mayRedirectTo(new RedirectUri("https://example.com/other"))).isFalse();
    assertThat(client.mayRedirectTo(new RedirectUri("https://example.com.evil.example/cb")))
        .isFalse();
  }

  @Test
  void it_has_1_to_20_redirect_uris() {
    assertThat(client("app", Collections.nCopies(20, WEB)).redirectUris()).hasSize(20);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> client("app", List.of()))
        .withMessage("a client has 1 to 20 redirect URIs; found 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> client("app", Collections.nCopies(21, WEB)))
        .withMessage("a client has 1 to 20 redirect URIs; found 21");
  }

  @Test
  void it_is_of_this_machine_when_all_answers_go_there() {
    assertThat(client("app", List.of(LOCAL)).isLoopbackOnly()).isTrue();
    assertThat(client("app", List.of(LOCAL, WEB)).isLoopbackOnly()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Claude|Claude",
        "'  Claude  '|Claude",
        "''|a client without a name",
        "'   '|a client without a name",
      })
  void its_name_is_what_it_says(String said, String shown) {
    assertThat(client(said, List.of(WEB)).name()).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\u202egnp.exe", "a\u0000b", "line\nbreak", "\u200bzero", "\u2066isolate\u2069"})
  void its_name_hides_nothing(String said) {
    assertThat(client(said, List.of(WEB)).name())
        .doesNotContainPattern("[\\p{Cc}\\p{Cf}]")
        .isNotEqualTo("a client without a name");
  }

  @Test
  void its_name_is_cut_between_characters() {
    assertThat(client("😀".repeat(200), List.of(WEB)).name()).isEqualTo("😀".repeat(100));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t"})
  void an_id_is_not_blank(String id) {
    assertThatIllegalArgumentException().isThrownBy(() -> new ClientId(id));
  }

  @Test
  void an_id_that_is_an_https_url_names_a_document() {
    assertThat(new ClientId("https://example.com/client.json").isDocument()).isTrue();
    assertThat(new ClientId("http://example.com/client.json").isDocument()).isFalse();
    assertThat(new ClientId("KmJ3").isDocument()).isFalse();
  }

  private static RegisteredClient client(String name, List<RedirectUri> redirectUris) {
    return new RegisteredClient(new ClientId("id"), name, redirectUris);
  }
}
