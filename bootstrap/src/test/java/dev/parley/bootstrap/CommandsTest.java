package dev.parley.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands for setting up and looking around, with their exit codes. */
class CommandsTest {

  @TempDir Path folder;

  @Test
  void init_writes_what_serve_and_doctor_accept() throws IOException {
    var parley = new Parley(folder);
    var init =
        parley.run("init", "--handle", "coder", "--topic", "build \"x\"", "--topic", "general");
    assertThat(init.code()).as(init.err()).isZero();
    assertThat(init.out()).contains("wrote ").contains("Next: run 'parley doctor'");
    var doctor = parley.run("doctor");
    assertThat(doctor.code()).as(doctor.out()).isZero();
    assertThat(doctor.out())
        .contains("this is 'coder' on sqlite")
        .contains("build \"x\", general")
        .contains("push: a message came back in")
        .doesNotContain("PROBLEM");
    assertThat(parley.runWithInput(Sessions.INITIALIZE, "serve").code()).isZero();
  }

  @Test
  void init_overwrites_nothing() throws IOException {
    var parley = new Parley(folder).configured();
    var before = Files.readString(folder.resolve("parley.config.yaml"));
    var servers = "{\"mcpServers\": {\"parley\": {\"command\": \"mine\"}}}";
    Files.writeString(folder.resolve(".mcp.json"), servers);
    assertThat(parley.run("init").code()).isZero();
    assertThat(folder.resolve("parley.config.yaml")).hasContent(before);
    assertThat(folder.resolve(".mcp.json")).hasContent(servers);
  }

  @Test
  void init_says_that_a_folder_is_in_the_place_of_a_file() throws IOException {
    var parley = new Parley(folder);
    Files.createDirectory(folder.resolve("parley.config.yaml"));
    var refused = parley.run("init");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("parley.config.yaml is a folder: move it away");

    Files.delete(folder.resolve("parley.config.yaml"));
    Files.createDirectory(folder.resolve(".mcp.json"));
    var byHand = parley.run("init");
    assertThat(byHand.code()).isEqualTo(1);
    assertThat(byHand.err()).contains(".mcp.json is not a JSON object", "add this to it by hand");
  }

  @Test
  @Timeout(60)
  void tail_and_users_end_where_waiting_does_not_help() throws IOException {
    var parley = new Parley(folder).configured();
    Files.writeString(folder.resolve("test.db"), "no database ".repeat(1_000));
    for (var command : List.of("tail", "users")) {
      var refused = parley.run(command);
      assertThat(refused.code()).as(refused.err()).isEqualTo(2);
      assertThat(refused.err())
          .startsWith("parley: parley.config.yaml:2: backend_config.db_path is ")
          .contains("test.db, which is not an SQLite database");
    }
  }

  @Test
  void a_log_level_that_there_is_not_is_said_once_and_changes_nothing() throws IOException {
    new Parley(folder).configured();
    var fetched = new Parley(folder, Map.of("PARLEY_LOG", "bogus")).run("fetch", "general");
    assertThat(fetched.code()).isZero();
    assertThat(fetched.err().lines())
        .singleElement()
        .asString()
        .contains("PARLEY_LOG is 'bogus', but must be one of off, error, warn, info, debug, trace");
    for (var level : List.of("", "Warn")) {
      assertThat(new Parley(folder, Map.of("PARLEY_LOG", level)).run("fetch", "general").err())
          .isEmpty();
    }
  }

  @Test
  void init_writes_no_topic_that_every_command_would_refuse() {
    var parley = new Parley(folder);
    var refused = parley.run("init", "--topic", "parley-presence");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .isEqualTo(
            "parley: 'parley-presence' is reserved for presence; give --topic another name\n");
    assertThat(folder.resolve("parley.config.yaml")).doesNotExist();
    assertThat(parley.run("init", "--topic", "a", "--topic", "a").code()).isZero();
    assertThat(parley.run("fetch", "a").code()).isZero();
  }

  @Test
  void a_server_that_is_told_to_end_does_so_with_the_code_that_help_names() throws Exception {
    var parley = new Parley(folder).configured();
    var session = parley.start(folder.resolve("serve.err"), "serve");
    try (var out = session.getOutputStream();
        var answers = Parley.linesOf(session)) {
      out.write(Sessions.INITIALIZE.getBytes(StandardCharsets.UTF_8));
      out.flush();
      assertThat(answers.readLine()).contains("serverInfo");
      session.destroy();
      assertThat(Parley.codeOf(session)).isEqualTo(143);
    }
    assertThat(parley.run("serve", "--help").out()).contains("143");
    assertThat(parley.run("--help").out()).contains("143");
  }

  @Test
  void doctor_litters_no_topic_of_the_user() throws IOException {
    var parley = new Parley(folder).configured();
    assertThat(parley.run("doctor").code()).isZero();
    assertThat(parley.run("fetch", "general").out()).isEmpty();
  }

  @Test
  void doctor_names_who_announces_themselves_by_a_fast_clock() throws IOException {
    var parley = new Parley(folder);
    Files.writeString(
        folder.resolve("other.yaml"),
        """
        topics: [parley-presence]
        presence: { topic: elsewhere }
        backend_config: { db_path: ./test.db }
        """);
    var beat =
        "{\"v\":2,\"kind\":\"hello\",\"at\":%d,\"topics\":[\"general\"]}"
            .formatted(System.currentTimeMillis() + Duration.ofMinutes(4).toMillis());
    parley.run("post", "-c", "other.yaml", "--as", "hasty", "parley-presence", beat);

    assertThat(parley.configured().run("doctor").out())
        .contains(
            "WARNING  presence: 'hasty' announces itself by a clock that is more than 2 minutes"
                + " ahead");
  }

  @Test
  void doctor_names_every_problem_with_its_remedy_and_fails() throws IOException {
    var parley = new Parley(folder).configured("state_path: test.db/state");
    Files.writeString(folder.resolve("test.db"), "this is no database, and long enough to tell");
    var doctor = parley.run("doctor");
    assertThat(doctor.code()).isEqualTo(1);
    assertThat(doctor.out().lines().filter(line -> line.startsWith("PROBLEM")))
        .hasSizeGreaterThanOrEqualTo(2)
        .allSatisfy(line -> assertThat(line).contains(" -> "));
  }

  @Test
  void doctor_shows_the_mistakes_of_a_configuration() throws IOException {
    var doctor = new Parley(folder).configured("bogus: 1").run("doctor");
    assertThat(doctor.code()).isEqualTo(2);
    assertThat(doctor.out())
        .startsWith("PROBLEM  configuration: parley.config.yaml:3: bogus is not a known key");
  }

  @Test
  void doctor_finds_that_the_usual_place_of_the_database_cannot_be_made() throws IOException {
    Files.writeString(folder.resolve("parley.config.yaml"), "topics: [general]\n");
    Files.createDirectory(folder.resolve(".local"));
    var inTheWay = Files.writeString(folder.resolve(".local/share"), "a file");
    var doctor = new Parley(folder).run("doctor");
    assertThat(doctor.code()).isEqualTo(1);
    assertThat(doctor.out())
        .contains("PROBLEM  database file: %s is a file, so that ".formatted(inTheWay));
  }

  @Test
  void doctor_shows_a_setting_that_the_backend_cannot_use() throws IOException {
    Files.writeString(
        folder.resolve("parley.config.yaml"),
        "backend: redis\ntopics: [general]\nbackend_config: { url: \"http://h\" }\n");
    var doctor = new Parley(folder).run("doctor");
    assertThat(doctor.code()).isEqualTo(2);
    assertThat(doctor.out())
        .contains("PROBLEM  backend: parley.config.yaml:3: backend_config.url has to look");
  }

  @Test
  void without_a_configuration_every_command_points_to_init() {
    var refused = new Parley(folder).run("fetch", "general");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("run 'parley init' to write one");
  }

  @Test
  void backends_shows_every_setting_and_what_the_backend_can_do() {
    var parley = new Parley(folder);
    assertThat(parley.run("backends").out().lines()).isSorted().contains("sqlite");
    assertThat(parley.run("backends", "sqlite").out())
        .contains("  db_path\n")
        .contains("  request_timeout_ms\n")
        .contains("threads: kept");
    var unknown = parley.run("backends", "sqlit");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).startsWith("'sqlit' is not a known backend, did you mean sqlite?");
  }

  @Test
  void the_program_says_its_version_and_explains_wrong_usage() {
    var parley = new Parley(folder);
    assertThat(parley.run("--version").out()).matches("parley \\d+\\.\\d+\\.\\d+\\S*\n");
    assertThat(parley.run("serve", "--help").out()).contains("Usage: parley serve");
    assertThat(parley.run().code()).isEqualTo(2);
    var unknown = parley.run("srve");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("Did you mean: parley serve").doesNotContain("Exception");
  }

  @Test
  void the_completion_script_knows_the_commands() {
    assertThat(new Parley(folder).run("completion").out())
        .contains("complete -F _complete_parley")
        .contains("backends");
  }
}
