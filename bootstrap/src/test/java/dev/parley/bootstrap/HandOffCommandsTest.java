package dev.parley.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person hands work over at the terminal, by commands and by typing. */
class HandOffCommandsTest {

  @TempDir Path folder;

  private Parley parley = new Parley(Path.of(""));

  @BeforeEach
  void configure() throws IOException {
    parley = new Parley(folder).configured();
  }

  private static JsonNode json(String line) throws IOException {
    return new JsonMapper().readTree(line);
  }

  private String offered(String... arguments) throws IOException {
    var all = new ArrayList<>(List.of("hand-offs", "offer", "--json"));
    all.addAll(List.of(arguments));
    var offer = parley.run(all.toArray(String[]::new));
    assertThat(offer.code()).as(offer.err()).isZero();
    return json(offer.out()).path("handOffId").asText();
  }

  @Test
  void work_is_offered_claimed_and_done_at_three_terminals() throws IOException {
    var id =
        offered("general", "--to", "@bob", "--context", "fails on 503", "Add retry to uploader");

    assertThat(parley.run("hand-offs", "list").out())
        .isEqualTo(id + " [general] offered to bob: Add retry to uploader\n");
    var claimed = parley.run("hand-offs", "claim", "--as", "bob", id);
    assertThat(claimed.out()).isEqualTo(id + " is yours\n");
    var done =
        parley.run(
            "hand-offs", "done", "--as", "bob", id.toUpperCase(Locale.ROOT), "merged", "4ed5");
    assertThat(done.code()).as(done.err()).isZero();

    assertThat(parley.run("hand-offs", "list").out()).isEmpty();
    assertThat(parley.run("hand-offs", "list", "--all").out()).contains(id, "done by bob");
    assertThat(parley.run("hand-offs", "show", id).out())
        .contains("offered by ann\n", "  Context: fails on 503\n", "  done by bob:\n  merged 4ed5");
    assertThat(parley.run("hand-offs", "list", "--state", "done", "--mine", "--as", "eve").out())
        .isEmpty();
  }

  @Test
  void who_comes_too_late_is_told_who_won_and_the_command_fails() throws IOException {
    var id = offered("general", "Add retry");
    parley.run("hand-offs", "claim", "--as", "bob", id);

    var late = parley.run("hand-offs", "claim", "--as", "eve", id);
    assertThat(late.code()).isEqualTo(1);
    assertThat(late.out()).isEmpty();
    assertThat(late.err()).isEqualTo("parley: " + id + " is not yours: it is claimed by bob\n");
    assertThat(parley.run("hand-offs", "claim", "--as", "bob", id).out())
        .isEqualTo(id + " is already yours\n");
    var refused = json(parley.run("hand-offs", "done", "--json", "--as", "eve", id).out());
    assertThat(refused.path("effect").asText()).isEqualTo("unlawful");
    assertThat(refused.at("/handOff/claimedBy").asText()).isEqualTo("bob");
    assertThat(refused.at("/handOff/claimedByKind").asText()).isEqualTo("person");
  }

  @Test
  void every_other_act_has_a_command() throws IOException {
    var id = offered("general", "--to", "bob", "Add retry");

    assertThat(parley.run("hand-offs", "claim", "--as", "bob", id).code()).isZero();
    assertThat(parley.run("hand-offs", "progress", "--as", "bob", id, "half").code()).isZero();
    assertThat(parley.run("hand-offs", "release", id).code()).isZero();
    assertThat(parley.run("hand-offs", "decline", "--as", "bob", id, "busy").code()).isZero();
    assertThat(parley.run("hand-offs", "cancel", id, "moot").code()).isZero();
    assertThat(parley.run("fetch", "general").out())
        .contains("#progress %s half".formatted(id), "#decline %s busy".formatted(id));
  }

  @Test
  void an_id_that_is_not_known_or_not_one_is_refused_and_posts_nothing() {
    var unknown = parley.run("hand-offs", "claim", "ho-nobody");
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.err())
        .isEqualTo(
            "parley: no hand-off ho-nobody is known in the subscribed topics; 'parley hand-offs"
                + " list --all' shows those that are\n");
    var noId = parley.run("hand-offs", "claim", "7q");
    assertThat(noId.code()).isEqualTo(2);
    assertThat(noId.err()).contains("a hand-off id is 'ho-' and 1 to 32 letters or digits");
    assertThat(parley.run("hand-offs").code()).isEqualTo(2);
    assertThat(parley.run("fetch", "general").out()).isEmpty();
  }

  @Test
  void what_a_person_types_counts_like_a_command_and_a_goal_comes_through_a_pipe()
      throws IOException {
    var offer =
        parley.runWithInput("#handoff ho-typed Write the guide\nin docs\n", "post", "general");
    assertThat(offer.err()).isEqualTo("parley: ho-typed is offered to anyone\n");
    var claim = parley.run("post", "--as", "bob", "--json", "general", "!CLAIM", "HO-TYPED");
    assertThat(json(claim.out()).path("effect").asText()).isEqualTo("applied");
    assertThat(
            json(parley.run("hand-offs", "show", "ho-typed", "--json").out()).path("text").asText())
        .isEqualTo("Write the guide\nin docs");

    var piped = parley.runWithInput("From a pipe\n", "hand-offs", "offer", "general");
    assertThat(piped.out()).endsWith(" is offered to anyone\n");
  }

  @Test
  void an_agent_and_a_person_share_the_work() throws IOException {
    var id = offered("general", "--to", "agent", "Add retry");
    var arguments = "{\"id\":\"%s\",\"action\":\"claim\"}".formatted(id);

    var session =
        parley.runWithInput(Sessions.calling("parley_update_hand_off", arguments), "serve");
    assertThat(Sessions.result(session.out()).path("effect").asText()).isEqualTo("applied");
    assertThat(parley.run("hand-offs", "list").out()).contains("claimed by agent");
    assertThat(parley.run("hand-offs", "cancel", "--as", "eve", id).code()).isZero();
    var list = parley.runWithInput(Sessions.calling("parley_list_hand_offs", "{}"), "serve");
    assertThat(Sessions.result(list.out()).at("/handOffs/0/state").asText()).isEqualTo("cancelled");
  }

  @Test
  void tail_shows_threads_and_how_work_stands() throws IOException {
    var id = offered("general", "Add retry");
    var tail = parley.start(folder.resolve("tail.err"), "tail", "general");
    try (var lines = Parley.linesOf(tail)) {
      assertThat(lines.readLine()).endsWith(" [%s now offered to anyone]".formatted(id));
      assertThat(lines.readLine()).isEqualTo("  #handoff %s Add retry".formatted(id));
      parley.run("hand-offs", "claim", "--as", "bob", id);
      assertThat(lines.readLine()).endsWith(" [%s claimed by bob]".formatted(id));
      lines.readLine();
      parley.run("hand-offs", "claim", "--as", "eve", id);
      assertThat(lines.readLine()).endsWith(" [%s no change: it is claimed by bob]".formatted(id));
      lines.readLine();
      var question = parley.run("post", "general", "how far, @bob?").out().strip();
      lines.readLine();
      lines.readLine();
      parley.run("post", "general", "--as", "bob", "--reply-to", question, "half");
      assertThat(lines.readLine())
          .contains("] bob #")
          .endsWith(" > %s ann: how far, @bob?".formatted(question));
    }
    parley.run("post", "general", "nobody reads this");
    assertThat(Parley.codeOf(tail)).isZero();
  }

  @Test
  void tail_in_json_carries_what_an_act_did() throws IOException {
    parley.run("post", "general", "#handoff ho-1 Add retry");
    var tail = parley.start(folder.resolve("tail.err"), "tail", "--json", "general");
    try (var lines = Parley.linesOf(tail)) {
      assertThat(json(lines.readLine()).path("handOff").toString())
          .isEqualTo("{\"handOffId\":\"ho-1\",\"state\":\"offered\"}");
      parley.run("post", "--as", "bob", "general", "#claim ho-1");
      assertThat(json(lines.readLine()).path("handOff").toString())
          .isEqualTo(
              "{\"handOffId\":\"ho-1\",\"applied\":true,\"state\":\"claimed\",\"claimedBy\":\"bob\"}");
    }
    parley.run("post", "general", "nobody reads this");
    assertThat(Parley.codeOf(tail)).isZero();
  }
}
