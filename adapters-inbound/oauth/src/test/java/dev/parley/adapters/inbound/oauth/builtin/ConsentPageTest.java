package dev.parley.adapters.inbound.oauth.builtin;

import static dev.parley.adapters.inbound.oauth.builtin.OAuthClient.asking;
import static dev.parley.adapters.inbound.oauth.builtin.OAuthClient.find;
import static dev.parley.adapters.inbound.oauth.builtin.OAuthClient.text;
import static dev.parley.adapters.inbound.oauth.builtin.OAuthClient.ticket;
import static dev.parley.adapters.inbound.oauth.builtin.OAuthClient.unescaped;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the owner sees before deciding. */
class ConsentPageTest extends ServedTest {

  @Test
  void it_says_who_asks_for_what_and_where_the_answer_goes() {
    var page = page("Claude", "https://claude.ai/api/mcp/auth_callback");

    assertThat(page.body())
        .contains("<h1>Claude wants to use your Parley</h1>")
        .contains("as <b>scribe</b>")
        .contains("To <b>https://claude.ai</b>, where you go next.")
        .contains("A program that calls itself Claude. Nobody has checked that.");
  }

  @Test
  void it_works_without_script_and_for_a_screen_reader() {
    var page = page("Claude", "https://claude.ai/cb").body();

    assertThat(page)
        .startsWith("<!doctype html>\n<html lang=\"en\">")
        .contains("<meta name=\"viewport\"")
        .contains("<title>Parley: allow access?</title>")
        .contains("<label for=\"passphrase\">")
        .contains("id=\"passphrase\" name=\"passphrase\" type=\"password\"")
        .contains("<form method=\"post\" action=\"/authorize\">")
        .contains("<button name=\"decision\" value=\"allow\">")
        .contains("value=\"deny\" formnovalidate>")
        .doesNotContain("<script", "autofocus", "src=", "http-equiv");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onfocus='alert(1)",
        "{{ticket}}{{{ticket}}}{{>page.mustache}}",
        "</title></style><b>&amp;",
        "`$`",
      })
  void a_hostile_name_stays_text(String name) {
    var page = page(name, "https://client.example.com/cb");

    assertThat(page.body()).doesNotContain("<script", "<img", "<b>&");
    var shown = find("<h1>(.*) wants to use your Parley</h1>", page).group(1);
    assertThat(unescaped(shown)).isEqualTo(name);
  }

  @Test
  void a_document_is_named_by_its_host() {
    var query = asking(OAuthServer.DOCUMENT);
    query.put("redirect_uri", "https://app.example.com/cb");

    assertThat(client.authorize(query).body())
        .contains("A program that <b>app.example.com</b> describes.")
        .doesNotContain("Any program on this device");
  }

  @Test
  void a_document_with_a_place_on_this_device_vouches_for_nothing() {
    for (var id : new String[] {OAuthServer.DOCUMENT, OAuthServer.LOCAL_DOCUMENT}) {
      var query = asking(id);
      query.put(
          "redirect_uri",
          id.equals(OAuthServer.DOCUMENT)
              ? "http://localhost:4000/cb"
              : "http://127.0.0.1:4000/cb");

      assertThat(client.authorize(query).body())
          .contains("To a <b>program on the device in front of you</b>, at http://")
          .contains("class=\"note\">Any program on this device can say that it is the one that ")
          .contains(":4000");
    }
  }

  @Test
  void a_scheme_of_an_app_is_shown_with_its_risk() {
    assertThat(page("Cursor", "cursor://anysphere.cursor-mcp/oauth/callback").body())
        .contains("opens links that begin with\n<b>cursor:</b>")
        .contains("another one than you think");
  }

  /** Chromium follows the answer to a form only where form-action leads. */
  @ParameterizedTest
  @CsvSource({
    "https://claude.ai/api/mcp/auth_callback, https://claude.ai",
    "https://example.com:8443/cb, https://example.com:8443",
    "http://localhost:5000/cb, http://localhost:5000",
    "http://127.0.0.1:5000/cb, http://127.0.0.1:5000",
    "http://[::1]:5000/cb, http:",
    "cursor://anysphere.cursor-mcp/cb, cursor:",
    "com.example.app:/cb, com.example.app:",
  })
  void the_content_policy_lets_the_answer_through_and_nothing_else(String uri, String source) {
    assertThat(policy(page("Client", uri)))
        .startsWith("default-src 'none'; style-src 'sha256-")
        .contains("; form-action 'self' " + source + "; ")
        .endsWith("; base-uri 'none'; frame-ancestors 'none'");
  }

  @Test
  void the_content_policy_allows_the_style_that_is_there() throws NoSuchAlgorithmException {
    var page = page("Client", "https://client.example.com/cb");
    var style = find("(?s)<style>(.*?)</style>", page).group(1);
    var hash = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));

    assertThat(policy(page))
        .contains("style-src 'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
    assertThat(page.body()).doesNotContain(" style=");
  }

  @Test
  void a_page_that_only_tells_lets_no_form_out() {
    assertThat(policy(client.authorize(asking("nobody")))).contains("; form-action 'self'; ");
  }

  @Test
  void a_wrong_passphrase_is_announced_beside_its_field() {
    var first = page("Client", "https://client.example.com/cb");
    var again = client.decide(ticket(first), "wrong");

    assertThat(again.statusCode()).isEqualTo(403);
    assertThat(again.body())
        .contains("role=\"alert\" id=\"why\">That is not the passphrase.</p>")
        .contains("aria-describedby=\"why\" autofocus>")
        .doesNotContain("value=\"wrong\"");
  }

  private HttpResponse<String> page(String name, String redirectUri) {
    var query = asking(text(client.register(name, redirectUri), "client_id"));
    query.put("redirect_uri", redirectUri);
    return client.authorize(query);
  }

  private static String policy(HttpResponse<String> page) {
    return page.headers().firstValue("Content-Security-Policy").orElseThrow();
  }
}
