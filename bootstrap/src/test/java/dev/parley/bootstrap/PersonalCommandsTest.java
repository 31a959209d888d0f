package dev.parley.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person posts, reads and follows at the terminal. */
class PersonalCommandsTest {

  @TempDir Path folder;

  private Parley parley = new Parley(Path.of(""));

  @BeforeEach
  void configure() throws IOException {
    parley = new Parley(folder).configured();
  }

  @Test
  void a_wrong_value_of_an_option_is_said_in_the_words_of_the_person() {
    assertThat(wrongUsage("fetch", "general", "--limit", "abc"))
        .isEqualTo("Invalid value for option '--limit': 'abc' is not a whole number");
    assertThat(wrongUsage("tail", "--limit", "99999999999"))
        .isEqualTo("Invalid value for option '--limit': 99999999999 is too large");
    assertThat(wrongUsage("users", "--since", "1.5"))
        .isEqualTo("Invalid value for option '--since': '1.5' is not a whole number");
    assertThat(wrongUsage("hand-offs", "list", "--state", "open"))
        .isEqualTo(
            "Invalid value for option '--state': 'open' is not one of offered, claimed, done,"
                + " declined, cancelled");
    assertThat(wrongUsage("serve", "--log", "xml"))
        .isEqualTo("Invalid value for option '--log': 'xml' is not one of text, json");
  }

  @Test
  void words_are_shown_in_the_case_in_which_they_are_written() {
    assertThat(parley.run("hand-offs", "list", "--help").out().replaceAll("\\s+", " "))
        .contains("offered, claimed, done, declined, cancelled");
    assertThat(parley.run("hand-offs", "list", "--state", "Done").code()).isZero();
  }

  private String wrongUsage(String... command) {
    var refused = parley.run(command);
    assertThat(refused.code()).isEqualTo(2);
    return refused.err().lines().findFirst().orElse("");
  }

  @Test
  void what_a_person_posts_can_be_read() {
    var posted = parley.run("post", "general", "hello", "world");
    assertThat(posted.code()).as(posted.err()).isZero();
    var fetched = parley.run("fetch", "general");
    assertThat(fetched.out())
        .contains("[general] ann #" + posted.out().strip())
        .endsWith("\n  hello world\n");
    assertThat(fetched.err()).isEmpty();
  }

  @Test
  void a_text_comes_from_standard_input_with_its_inner_line_ends() throws IOException {
    var posted =
        parley.runWithInput("first\n\nsecond\n", "post", "--as", "build-bot", "--json", "general");
    assertThat(json(posted.out()).getFirst().path("backendMsgId").asText()).isNotEmpty();
    var message = json(parley.run("fetch", "--json", "general").out()).getFirst();
    assertThat(message.path("content").asText()).isEqualTo("first\n\nsecond");
    assertThat(message.path("senderHandle").asText()).isEqualTo("build-bot");
  }

  @Test
  void an_answer_names_what_it_answers_and_history_goes_on_from_a_cursor() throws IOException {
    var question = parley.run("post", "general", "who?").out().strip();
    parley.run("post", "general", "--reply-to", question, "me");
    var messages = json(parley.run("fetch", "--json", "general").out());
    assertThat(messages.get(1).path("inReplyTo").asText()).isEqualTo(question);
    var cursor = messages.getFirst().path("cursor").asText();
    assertThat(parley.run("fetch", "general", "--since", cursor).out())
        .contains("me")
        .doesNotContain("who?");
    assertThat(parley.run("fetch", "general", "--limit", "1").out())
        .contains("me")
        .doesNotContain("who?");
  }

  @Test
  void foreign_text_cannot_steer_the_terminal() {
    parley.runWithInput("a\u001b[2Jb\u009bc\rd", "post", "general");
    assertThat(parley.run("fetch", "general").out()).contains("  a\uFFFD[2Jb\uFFFDc\uFFFDd\n");
  }

  @Test
  void a_topic_that_is_not_configured_is_refused_with_those_that_are() {
    var refused = parley.run("post", "elsewhere", "x");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err())
        .isEqualTo(
            "parley: topic 'elsewhere' is not configured for this instance; it may use: general,"
                + " other\n");
  }

  @Test
  void nothing_to_post_is_wrong_usage() {
    var refused = parley.runWithInput(" \n", "post", "general");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .isEqualTo("parley: content is empty or blank; there is nothing to post\n");
  }

  @Test
  void tail_shows_the_past_then_what_comes_and_ends_with_its_reader() throws IOException {
    parley.run("post", "general", "past");
    var tail = parley.start(folder.resolve("tail.err"), "tail", "--json", "general");
    var lines = Parley.linesOf(tail);
    assertThat(json(lines.readLine()).getFirst().path("content").asText()).isEqualTo("past");
    parley.run("post", "general", "now");
    assertThat(json(lines.readLine()).getFirst().path("content").asText()).isEqualTo("now");

    lines.close();
    parley.run("post", "general", "nobody reads this");
    assertThat(Parley.codeOf(tail)).isZero();
    assertThat(folder.resolve("tail.err")).isEmptyFile();
  }

  @Test
  void a_person_never_moves_the_reading_position_of_an_agent() throws IOException {
    parley.run("post", "general", "for the agent");
    parley.run("fetch", "general");
    parley.run("fetch", "--as", "agent", "general");
    var session = parley.runWithInput(Sessions.calling("parley_catch_up", "{}"), "serve");
    assertThat(Sessions.result(session.out()).path("topics").path(0).path("messages"))
        .as(session.err())
        .hasSize(1);
  }

  private static List<JsonNode> json(String lines) throws IOException {
    try (var values = new JsonMapper().readerFor(JsonNode.class).<JsonNode>readValues(lines)) {
      return values.readAll();
    }
  }
}
