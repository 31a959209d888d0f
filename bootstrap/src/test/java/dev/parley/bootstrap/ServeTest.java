package dev.parley.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions as an agent starts them. */
class ServeTest {

  @TempDir Path folder;

  @Test
  void a_session_answers_posts_and_ends_with_its_input() throws IOException {
    var parley = new Parley(folder).configured();
    var session =
        parley.runWithInput(
            Sessions.calling("parley_post", "{\"topic\":\"general\",\"content\":\"hi\"}"), "serve");
    assertThat(session.code()).isZero();
    assertThat(session.err()).isEmpty();
    assertThat(Sessions.result(session.out()).path("backendMsgId").asText()).isNotEmpty();
    assertThat(parley.run("fetch", "general").out()).contains("] agent #");
  }

  @Test
  void two_processes_on_one_configuration_get_along() throws IOException {
    var parley = new Parley(folder).configured();
    var first = parley.start(folder.resolve("first.err"), "serve");
    initialize(first);
    var second = parley.start(folder.resolve("second.err"), "serve");
    initialize(second);
    second.getOutputStream().close();
    first.getOutputStream().close();
    assertThat(Parley.codeOf(first)).isZero();
    assertThat(Parley.codeOf(second)).isZero();
    assertThat(folder.resolve("first.err")).isEmptyFile();
    assertThat(folder.resolve("second.err"))
        .content()
        .startsWith(
            "parley: another process on this machine runs as instance 'agent', so this one is"
                + " 'agent-2'");
  }

  @Test
  void a_handle_on_the_command_line_or_in_the_environment_makes_it_another_instance()
      throws IOException {
    var parley = new Parley(folder, Map.of("PARLEY_HANDLE", "coder")).configured();
    var call = Sessions.calling("parley_post", "{\"topic\":\"general\",\"content\":\"hi\"}");
    assertThat(parley.runWithInput(call, "serve").err()).isEmpty();
    assertThat(parley.runWithInput(call, "serve", "--handle", "planner").err()).isEmpty();
    assertThat(parley.run("fetch", "general").out()).contains("] coder #").contains("] planner #");
  }

  @Test
  void a_session_starts_whatever_state_the_backend_is_in() throws IOException {
    var parley = new Parley(folder).configured("state_path: st");
    Files.writeString(folder.resolve("test.db"), "this is no database, and long enough to tell");
    var session =
        parley.runWithInput(
            Sessions.calling("parley_fetch_recent", "{\"topic\":\"general\"}"), "serve");
    assertThat(session.code()).isZero();
    assertThat(session.out()).contains("\"serverInfo\"").contains("\"isError\":true");
    assertThat(session.out()).contains("test.db");
  }

  @Test
  void a_mistaken_configuration_ends_the_start_with_its_sentences() throws IOException {
    var refused = new Parley(folder).configured("catchup: { limit: 0 }", "bogus: 1").run("serve");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err().lines())
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).startsWith("parley: parley.config.yaml:"));
  }

  @Test
  void retention_below_one_day_is_refused_and_deletes_nothing() throws IOException {
    var parley = new Parley(folder).configured();
    parley.run("post", "general", "to be kept");
    Files.writeString(
        folder.resolve("parley.config.yaml"),
        "topics: [general]\nbackend_config: { db_path: ./test.db, retention_days: -1 }\n");
    var refused = parley.runWithInput(Sessions.INITIALIZE, "serve");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .contains("backend_config.retention_days is the number -1, but must be a whole number");
    assertThat(parley.configured().run("fetch", "general").out()).contains("to be kept");
  }

  @Test
  void a_backend_that_is_not_installed_is_refused_not_replaced() throws IOException {
    var refused =
        new Parley(folder).configured("backend: kafka").runWithInput(Sessions.INITIALIZE, "serve");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err())
        .contains("\"kafka\", which is not a known backend")
        .contains("sqlite");
    assertThat(folder.resolve("test.db")).doesNotExist();
  }

  @Test
  void http_needs_the_passphrase_of_its_owner() throws IOException {
    var refused = new Parley(folder).configured().run("serve", "--http");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("parley owner set-passphrase", "PARLEY_OWNER_PASSPHRASE");
  }

  @Test
  void a_session_loads_nothing_that_only_the_server_needs() throws IOException {
    assertThat(classesOfOneThatPostsAndReads())
        .contains("dev.parley.bootstrap.serve.StdioSession")
        .doesNotContain(
            "io.prometheus", "io.helidon", "bouncycastle", "dev.parley.adapters.inbound.http");
  }

  @Test
  void the_first_post_and_page_wait_for_no_method_that_the_jvm_generates() throws IOException {
    // What makes a record's own methods and a switch over patterns (ADR 17).
    assertThat(classesOfOneThatPostsAndReads())
        .contains("dev.parley.domain.message.MessageId", "dev.parley.domain.history.Page")
        .doesNotContain("java.lang.runtime.ObjectMethods", "java.lang.runtime.SwitchBootstraps");
  }

  /** The JVM's list of what a session loaded that posted a message and read it. */
  private String classesOfOneThatPostsAndReads() throws IOException {
    var classes = folder.resolve("classes.txt");
    var session =
        new Parley(folder, Map.of("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + classes))
            .configured()
            .runWithInput(
                Sessions.calling("parley_post", "{\"topic\":\"general\",\"content\":\"hi\"}")
                    + """
                    {"jsonrpc":"2.0","id":3,"method":"tools/call","params":\
                    {"name":"parley_fetch_recent","arguments":{"topic":"general"}}}
                    """,
                "serve");
    assertThat(session.code()).isZero();
    return Files.readString(classes);
  }

  @Test
  void former_names_are_accepted_with_a_warning_on_standard_error() throws IOException {
    var session =
        new Parley(folder)
            .configured("backend: local-sqlite", "permissions: { skip_permissions: true }")
            .runWithInput(Sessions.INITIALIZE, "serve");
    assertThat(session.code()).isZero();
    assertThat(session.err().lines()).hasSize(2);
    assertThat(session.out().lines())
        .map(line -> Sessions.parsed(line).path("jsonrpc").asText())
        .containsOnly("2.0");
  }

  private static void initialize(Process session) throws IOException {
    session.getOutputStream().write(Sessions.INITIALIZE.getBytes(StandardCharsets.UTF_8));
    session.getOutputStream().flush();
    assertThat(Parley.linesOf(session).readLine()).contains("serverInfo");
  }
}
