package dev.parley.domain.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectUriTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://claude.ai/api/mcp/auth_callback",
        "https://vscode.dev/redirect",
        "HTTPS://Example.com:8443/cb?tenant=a%2Fb&x=1",
        "http://localhost",
        "http://localhost/callback",
        "http://127.0.0.1:33418/",
        "http://[::1]:1455/callback",
        "cursor://anysphere.cursor-mcp/oauth/callback",
        "vscode://vscode.github-authentication/did-authenticate",
        "com.example.app:/callback",
        "com.example.app://callback",
      })
  void a_place_where_a_client_can_wait_is_sound(String uri) {
    assertThat(new RedirectUri(uri)).hasToString(uri);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/callback",
        "https:",
        "https://",
        "https:///callback",
        "https://user@example.com/",
        "https://example.com/#fragment",
        "https://example.com/a b",
        "https://example.com\\@evil.example/",
        "https://example.com/\r\nLocation:x",
        "https://exämple.com/",
        "http://example.com/",
        "http://localhost.example.com/",
        "http://127.0.0.1.example.com/",
        "http://127.0.0.2/",
        "http://[::2]/",
        "http://0.0.0.0/",
        "cursor:/callback",
        "example:callback",
        "javascript://example.com/%0aalert(1)",
        "JavaScript://example.com/%0aalert(1)",
        "data://text/html,x",
        "file://host/etc/passwd",
        "blob://example.com/x",
        "about://blank",
        "view-source://example.com",
        "vbscript://x",
        "ftp://example.com/",
        "ws://example.com/",
        "wss://example.com/",
        "mailto://a",
        "intent://scan/",
        "filesystem://x",
        "ms-msdt://x",
        "ms-officecmd://x",
        "search-ms://query",
      })
  void anything_else_is_refused(String uri) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RedirectUri(uri))
        .withMessageStartingWith("a redirect URI is an https URL");
  }

  @Test
  void one_that_is_longer_than_2048_characters_is_refused() {
    var longest = "https://example.com/" + "a".repeat(2_028);

    assertThat(new RedirectUri(longest).value()).hasSize(2_048);
    assertThatIllegalArgumentException().isThrownBy(() -> new RedirectUri(longest + "a"));
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:50000/cb, http://127.0.0.1/cb, true",
    "http://127.0.0.1/cb, http://127.0.0.1:50000/cb, true",
    "http://localhost:1/cb, http://localhost:2/cb, true",
    "http://[::1]:1/cb, http://[::1]:2/cb, true",
    "http://localhost:1/cb, http://127.0.0.1:1/cb, false",
    "http://localhost:1/cb2, http://localhost:1/cb, false",
    "http://localhost:1/cb?a=1, http://localhost:1/cb, false",
    "http://localhost:1/, http://localhost:1, false",
    "https://example.com/cb, https://example.com/cb, true",
    "https://example.com/cb/, https://example.com/cb, false",
    "https://example.com:444/cb, https://example.com/cb, false",
    "https://EXAMPLE.com/cb, https://example.com/cb, false",
    "https://example.com/cb?x=1, https://example.com/cb, false",
    "https://localhost/cb, http://localhost/cb, false",
    "cursor://a/cb, cursor://b/cb, false",
  })
  void only_the_port_of_a_loopback_address_may_differ(
      String asked, String registered, boolean matches) {
    assertThat(new RedirectUri(asked).matches(new RedirectUri(registered))).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.com/cb?x=1, https://example.com, false, false",
    "https://example.com:8443/cb, https://example.com:8443, false, false",
    "http://localhost:1/cb, http://localhost:1, true, false",
    "http://[::1]:1/cb, http://[::1]:1, true, false",
    "cursor://anysphere.cursor-mcp/cb, cursor://anysphere.cursor-mcp, false, true",
    "com.example.app:/cb, com.example.app:, false, true",
  })
  void it_says_where_an_answer_goes(
      String uri, String origin, boolean loopback, boolean privateUse) {
    var redirectUri = new RedirectUri(uri);

    assertThat(redirectUri.origin()).isEqualTo(origin);
    assertThat(redirectUri.isLoopback()).isEqualTo(loopback);
    assertThat(redirectUri.isPrivateUse()).isEqualTo(privateUse);
  }

  /** What is sound can stand in a header and in a content security policy. */
  @Property
  void whatever_is_accepted_has_no_character_that_ends_something(@ForAll String text) {
    for (var start :
        new String[] {"", "https://example.com/", "https://", "a.b:/", "http://[::1]"}) {
      try {
        assertThat(new RedirectUri(start + text).value())
            .doesNotContainPattern("[\\s\"<>\\\\^`{|}#]");
      } catch (IllegalArgumentException refused) {
        assertThat(refused).hasMessageStartingWith("a redirect URI is");
      }
    }
  }
}
