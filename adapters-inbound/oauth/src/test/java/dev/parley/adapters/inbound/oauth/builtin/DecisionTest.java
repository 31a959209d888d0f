package dev.parley.adapters.inbound.oauth.builtin;

import static dev.parley.adapters.inbound.oauth.builtin.OAuthClient.answered;
import static dev.parley.adapters.inbound.oauth.builtin.OAuthClient.asking;
import static dev.parley.adapters.inbound.oauth.builtin.OAuthClient.ticket;
import static dev.parley.adapters.inbound.oauth.builtin.OAuthServer.PASSPHRASE;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How the owner decides, and how nobody else does. */
class DecisionTest extends ServedTest {

  @Test
  void without_a_ticket_nothing_is_decided() {
    assertRefused(client.post("/authorize", Map.of("passphrase", PASSPHRASE)), 400, "ticket is");
    assertRefused(client.decide("invented", PASSPHRASE), 400, "used before");
  }

  @Test
  void a_decision_as_anything_but_a_form_is_refused() {
    var ticket = freshTicket();
    var body = "ticket=%s&passphrase=correct+horse".formatted(ticket);

    assertRefused(client.post("/authorize", "text/plain", body), 400, "urlencoded");
    assertRefused(client.post("/authorize", "application/json", "{}"), 400, "urlencoded");
    assertAllowed(
        client.post("/authorize", "Application/X-WWW-Form-Urlencoded; charset=utf-8", body));
  }

  @Test
  void a_ticket_is_decided_once() {
    var ticket = freshTicket();

    assertAllowed(client.decide(ticket, PASSPHRASE));
    assertRefused(client.decide(ticket, PASSPHRASE), 400, "used before");
  }

  @Test
  void a_ticket_lives_for_ten_minutes() {
    var ticket = freshTicket();
    server.pass(Duration.ofMinutes(10).plusMillis(1));

    assertRefused(client.decide(ticket, PASSPHRASE), 400, "older than ten minutes");
  }

  @Test
  void the_ticket_of_one_request_does_not_decide_another() {
    var mine = asking(client.registered());
    var other = asking(client.registered());
    other.put("state", "of the other");
    var ticket = ticket(client.authorize(mine));
    client.authorize(other);

    var form =
        Map.of(
            "ticket",
            ticket,
            "passphrase",
            PASSPHRASE,
            "client_id",
            "other",
            "redirect_uri",
            "https://evil.example/cb",
            "state",
            "of the other");
    var answer = client.post("/authorize", form);

    assertThat(answered(answer)).containsEntry("state", "the state");
    assertThat(answer.headers().firstValue("Location").orElseThrow())
        .startsWith(OAuthClient.CALLBACK + "?");
  }

  @Test
  void the_owner_may_say_no_without_the_passphrase() {
    var ticket = freshTicket();
    var denied = client.post("/authorize", Map.of("ticket", ticket, "decision", "deny"));

    assertThat(denied.statusCode()).isEqualTo(303);
    assertThat(answered(denied))
        .containsOnlyKeys("error", "error_description", "state", "iss")
        .containsEntry("error", "access_denied")
        .containsEntry("state", "the state")
        .containsEntry("iss", OAuthServer.PUBLIC_URL);
    assertRefused(client.decide(ticket, PASSPHRASE), 400, "used before");
  }

  @Test
  void no_passphrase_is_not_a_guess() {
    var ticket = freshTicket();
    for (var n = 0; n < 10; n++) {
      assertRefused(
          client.post("/authorize", Map.of("ticket", ticket, "decision", "allow")),
          403,
          "Type your passphrase");
    }

    assertAllowed(client.decide(ticket, PASSPHRASE));
  }

  @Test
  void a_wrong_passphrase_leaves_the_page_as_it_was() {
    var ticket = freshTicket();

    assertRefused(client.decide(ticket, "wrong"), 403, "That is not the passphrase.");
    assertAllowed(client.decide(ticket, PASSPHRASE));
  }

  @Test
  void one_address_has_five_wrong_guesses_in_ten_minutes() {
    var ticket = freshTicket();
    for (var n = 0; n < 5; n++) {
      assertRefused(client.decide(ticket, "guess " + n), 403, "That is not the passphrase.");
    }

    var refused = client.decide(ticket, PASSPHRASE);
    assertRefused(refused, 429, "Too many wrong passphrases from your address.");
    assertThat(refused.headers().firstValue("Retry-After")).contains("600");

    server.pass(Duration.ofMinutes(9));
    assertRefused(client.decide(freshTicket(), PASSPHRASE), 429, "Wait ten minutes.");
    server.pass(Duration.ofMinutes(1));
    assertAllowed(client.decide(freshTicket(), PASSPHRASE));
  }

  @Test
  void the_addresses_of_one_ipv6_network_guess_as_one() {
    var ticket = freshTicket();
    for (var n = 0; n < 5; n++) {
      assertRefused(
          client.from("2001:db8:0:1::" + n).decide(ticket, "guess"), 403, "not the passphrase");
    }

    assertRefused(client.from("2001:db8:0:1:ffff::1").decide(ticket, PASSPHRASE), 429, "Too many");
    assertAllowed(client.from("2001:db8:0:2::1").decide(ticket, PASSPHRASE));
  }

  @Test
  void a_ticket_outlives_a_refusal_to_guess() {
    var ticket = freshTicket();
    for (var n = 0; n < 6; n++) {
      client.decide(ticket, "guess");
    }

    assertAllowed(client.from("192.0.2.77").decide(ticket, PASSPHRASE));
  }

  @Test
  void right_passphrases_are_not_counted() {
    for (var n = 0; n < 20; n++) {
      assertAllowed(client.decide(freshTicket(), PASSPHRASE));
    }
  }

  @Test
  void strangers_with_many_addresses_guess_six_times_a_minute() {
    var ticket = freshTicket();
    strangersGuess(ticket);

    assertRefused(
        client.from("198.51.100.99").decide(ticket, PASSPHRASE),
        429,
        "Too many wrong passphrases by strangers. Wait a minute.");
    server.pass(Duration.ofMinutes(1));
    assertAllowed(client.from("198.51.100.99").decide(ticket, PASSPHRASE));
  }

  @Test
  void strangers_do_not_lock_out_an_owner_who_was_here_before() {
    assertAllowed(client.decide(freshTicket(), PASSPHRASE));
    var ticket = freshTicket();
    strangersGuess(ticket);

    assertAllowed(client.decide(ticket, PASSPHRASE));
  }

  @Test
  void strangers_do_not_lock_out_the_machine_itself() {
    var ticket = freshTicket();
    strangersGuess(ticket);

    assertAllowed(client.from("127.0.0.1").decide(ticket, PASSPHRASE));
  }

  @Test
  void one_address_decides_30_times_a_minute() {
    for (var n = 0; n < 30; n++) {
      assertThat(client.decide("invented", "x").statusCode()).isEqualTo(400);
    }

    assertRefused(client.decide("invented", "x"), 429, "Too many requests from your address.");
  }

  private void strangersGuess(String ticket) {
    for (var n = 0; n < 6; n++) {
      assertRefused(
          client.from("198.51.100." + n).decide(ticket, "guess"), 403, "not the passphrase");
    }
  }

  private String freshTicket() {
    return ticket(client.authorize(asking(client.registered())));
  }

  private static void assertAllowed(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    assertThat(answered(answer)).containsKey("code");
  }

  private static void assertRefused(HttpResponse<String> answer, int status, String why) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Location")).isEmpty();
    assertThat(answer.body()).contains(why);
  }
}
