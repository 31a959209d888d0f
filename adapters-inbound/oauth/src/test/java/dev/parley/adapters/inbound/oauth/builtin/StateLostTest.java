package dev.parley.adapters.inbound.oauth.builtin;

import static dev.parley.adapters.inbound.oauth.builtin.OAuthClient.asking;
import static dev.parley.adapters.inbound.oauth.builtin.OAuthClient.json;
import static dev.parley.adapters.inbound.oauth.builtin.OAuthClient.redeeming;
import static dev.parley.adapters.inbound.oauth.builtin.OAuthClient.text;
import static dev.parley.adapters.inbound.oauth.builtin.OAuthClient.ticket;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When nothing can be kept or looked up, every endpoint says so, and lets nobody in. */
class StateLostTest extends ServedTest {

  @Test
  void a_token_cannot_be_checked() {
    var tokens = client.tokens(client.registered());
    server.loseState();

    var answer = client.call(text(tokens, "access_token"));

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().map()).doesNotContainKey("www-authenticate");
    assertThat(answer.headers().firstValue("Retry-After")).contains("10");
    assertThat(answer.body())
        .contains("tokens cannot be checked at the moment")
        .doesNotContain("sqlite", "authorization.db");
  }

  @Test
  void nobody_can_register() {
    server.loseState();

    assertUnavailable(client.register("App", "https://a.example/cb"));
  }

  @Test
  void tokens_can_be_neither_given_nor_ended() {
    var id = client.registered();
    var tokens = client.tokens(id);
    var code = client.code(asking(id));
    server.loseState();

    assertUnavailable(client.token(redeeming(code, id)));
    assertUnavailable(client.refresh(text(tokens, "refresh_token"), id));
    assertUnavailable(
        client.post("/revoke", Map.of("token", text(tokens, "access_token"), "client_id", id)));
  }

  @Test
  void the_owner_is_told_on_a_page() {
    var query = asking(client.registered());
    var ticket = ticket(client.authorize(query));
    server.loseState();

    for (var page :
        new HttpResponse<?>[] {
          client.authorize(query), client.decide(ticket, OAuthServer.PASSPHRASE)
        }) {
      assertThat(page.statusCode()).isEqualTo(503);
      assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
      assertThat(page.body().toString())
          .contains("its log says why")
          .doesNotContain("sqlite", "authorization.db");
    }
  }

  private static void assertUnavailable(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).contains("10");
    assertThat(json(answer)).containsEntry("error", "temporarily_unavailable");
    assertThat(answer.body()).doesNotContain("sqlite", "authorization.db");
  }
}
