package dev.parley.bootstrap.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sessions of the packaged launcher race for work, over SQLite. */
@Timeout(120)
class HandOffIT {

  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path folder;

  private ServeProcess serve(String handle) throws IOException {
    var installation = Installation.built(folder);
    return ServeProcess.start(installation.launcher(), installation.config(handle), folder);
  }

  private static JsonNode json(String text) throws IOException {
    return new JsonMapper().readTree(text);
  }

  /** Waits until what one says is pushed to the other. */
  private static void awaitPush(ServeProcess from, ServeProcess to) {
    await()
        .atMost(LONG)
        .until(() -> {
          from.post("talk", "are you there?");
          return to.isPushed("are you there?", Duration.ofMillis(500));
        });
  }

  private static String offer(ServeProcess session) throws IOException {
    var answer = session.call("parley_hand_off", "{\"topic\":\"talk\",\"goal\":\"Add retry\"}");
    return json(answer).path("handOffId").asText();
  }

  private static JsonNode update(ServeProcess session, String id, String action, String note)
      throws IOException {
    return json(
        session.call(
            "parley_update_hand_off",
            "{\"id\":\"%s\",\"action\":\"%s\",\"note\":\"%s\"}".formatted(id, action, note)));
  }

  /** What each is answered that claims at the same moment. */
  private static List<JsonNode> claimAtOnce(String id, ServeProcess... sessions)
      throws InterruptedException {
    try (var pool = Executors.newFixedThreadPool(sessions.length)) {
      var claims =
          List.of(sessions).stream()
              .<Callable<JsonNode>>map(session -> () -> update(session, id, "claim", ""))
              .toList();
      return pool.invokeAll(claims).stream().map(claim -> claim.resultNow()).toList();
    }
  }

  private static List<String> effects(List<JsonNode> answers) {
    return answers.stream().map(answer -> answer.path("effect").asText()).toList();
  }

  @Test
  void two_race_to_claim_the_winner_reports_and_the_offerer_is_pushed_the_result()
      throws Exception {
    try (var planner = serve("planner");
        var first = serve("first");
        var second = serve("second")) {
      awaitPush(planner, first);
      awaitPush(planner, second);
      awaitPush(first, planner);
      var id = offer(planner);
      assertThat(first.isPushed("#handoff " + id, SOON)).isTrue();
      assertThat(second.isPushed("#handoff " + id, SOON)).isTrue();

      var answers = claimAtOnce(id, first, second);

      assertThat(effects(answers)).containsExactlyInAnyOrder("applied", "lost");
      var firstWon = effects(answers).getFirst().equals("applied");
      var winner = firstWon ? first : second;
      var name = firstWon ? "first" : "second";
      assertThat(answers.get(firstWon ? 1 : 0).path("says").asText())
          .isEqualTo("%s is not yours: it is claimed by %s".formatted(id, name));
      assertThat(update(winner, id, "done", "see branch retry").path("effect").asText())
          .isEqualTo("applied");

      var result = planner.nextPushed("#done " + id + " see branch retry", SOON).orElseThrow();
      assertThat(result.meta().path("sender").asText()).isEqualTo(name);
      assertThat(result.meta().path("hand_off").asText()).isEqualTo(id);
      assertThat(result.meta().path("hand_off_applied").asText()).isEqualTo("true");
      assertThat(result.meta().path("hand_off_state").asText()).isEqualTo("done");
      var listed = json(planner.call("parley_list_hand_offs", "{\"mine\":true}"));
      assertThat(listed.at("/handOffs/0/note").asText()).isEqualTo("see branch retry");
      planner.end();
      first.end();
      second.end();
      assertThat(planner.said() + first.said() + second.said()).isEmpty();
    }
  }

  @Test
  void of_two_sessions_of_one_handle_one_wins_and_a_new_session_knows_it() throws Exception {
    try (var planner = serve("planner")) {
      var id = offer(planner);
      try (var one = serve("coder");
          var other = serve("coder")) {
        var answers = claimAtOnce(id, one, other);

        assertThat(effects(answers)).containsExactlyInAnyOrder("applied", "lost");
        var lost = answers.get(effects(answers).indexOf("lost"));
        assertThat(lost.path("says").asText())
            .startsWith(id + " is not yours: another session of 'coder' claimed it first");
        one.end();
        other.end();
      }
      try (var later = serve("later")) {
        assertThat(later.call("parley_list_hand_offs", "{\"state\":\"claimed\"}"))
            .contains("\"claimedBy\":\"coder\"");
      }
    }
  }
}
