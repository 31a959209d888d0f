package dev.parley.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets are referred to, resolved, and never shown. */
class SecretsTest {

  private static final String SECRET = "hunter2-and more";

  @TempDir Path folder;

  @Test
  void a_variable_stands_at_any_place_of_a_text() throws Exception {
    var read = read("url: \"redis://u:${SECRET}@h/${DB}\"");
    assertThat(read.backendConfig().text("url")).contains("redis://u:" + SECRET + "@h/7");
  }

  @Test
  void a_file_gives_its_content_without_the_last_line_end() throws Exception {
    Files.writeString(folder.resolve("password"), SECRET + "\n");
    var read = read("url: u, password: \"file:password\"");
    assertThat(read.backendConfig().text("password")).contains(SECRET);
    assertThat(read.warnings()).isEmpty();
  }

  @Test
  void a_doubled_dollar_sign_is_a_plain_one() throws Exception {
    assertThat(read("url: \"$${SECRET}\"").backendConfig().text("url")).contains("${SECRET}");
  }

  @Test
  void what_a_variable_holds_is_not_resolved_again() throws Exception {
    assertThat(read("url: \"${NESTED}\"").backendConfig().text("url")).contains("${SECRET}");
  }

  @Test
  void references_work_inside_lists_and_maps() throws Exception {
    var read = read("url: u, servers: [\"${DB}\"], keys: { one: \"${SECRET}\" }");
    assertThat(read.backendConfig().texts("servers")).containsExactly("7");
    assertThat(read.backendConfig().map("keys")).containsEntry("one", SECRET);
  }

  @Test
  void a_missing_or_empty_file_is_one_clear_sentence() throws Exception {
    assertThatThrownBy(() -> read("url: u, password: \"file:absent\""))
        .hasMessage(
            "parley.config.yaml:3: backend_config.password refers to the file %s, but it does not exist; create it or change the reference"
                .formatted(folder.resolve("absent")));
    Files.writeString(folder.resolve("empty"), "\n");
    assertThatThrownBy(() -> read("url: u, password: \"file:empty\""))
        .hasMessage(
            "parley.config.yaml:3: backend_config.password refers to the file %s, but it is empty; create it or change the reference"
                .formatted(folder.resolve("empty")));
  }

  @Test
  void a_secret_written_into_the_file_is_accepted_with_a_warning() throws Exception {
    var read = read("url: u, password: \"%s\"".formatted(SECRET));
    assertThat(read.backendConfig().text("password")).contains(SECRET);
    assertThat(read.warnings())
        .containsExactly(
            "parley.config.yaml:3: backend_config.password is a secret written into the file; refer"
                + " to it by ${NAME} or file:path instead");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://localhost:6379",
        "redis://user@localhost",
        "postgresql://a:5432,b:5432/bus?user=parley",
        "postgresql://host/data@base:1"
      })
  void an_address_without_a_password_is_no_secret(String url) throws Exception {
    assertThat(read("url: \"%s\"".formatted(url)).warnings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://:%s@localhost:6379",
        "postgresql://parley:%s@a:5432,b:5432/bus",
        "postgresql://host/bus?user=parley&password=%s"
      })
  void a_password_in_an_address_is_warned_of_and_not_repeated(String url) throws Exception {
    assertThat(read("url: \"%s\"".formatted(url.formatted(SECRET))).warnings())
        .singleElement()
        .asString()
        .contains("backend_config.url is a secret written into the file")
        .doesNotContain(SECRET);
  }

  @Test
  void a_configuration_never_shows_a_secret() throws Exception {
    var read =
        read(
            "url: \"${SECRET}\", password: \"${SECRET}\", keys: { k: \"${SECRET}\" } }\n"
                + "auth: { owner: { passphrase_hash: \"${SECRET}\" }");
    assertThat(read.configuration().auth().owner().passphraseHash()).isEqualTo(SECRET);
    assertThat(read.toString() + read.warnings()).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "url: u, tls: \"${SECRET}\"",
        "url: u, watch: \"${SECRET}\"",
        "url: u, feed_wait_ms: \"${SECRET}\"",
        "url: u, password: [hunter2]",
        "url: u, keys: { a: [hunter2] }",
        "url: u } }\nbackend_config2: hunter2 {",
        "url: u, password: \"hunter2\\x\"",
        "url: u, password: \"hunter2",
        "url: u, password: @hunter2",
        "url: u, password: *hunter2",
        "url: u, password: &hunter2 !hunter2 x, password: 5",
        "url: u }\nidentity: { handle: \"${SECRET}\"",
        "url: u }\ntopics: [\" ${SECRET}\"",
        "url: u }\nbackend: \"${SECRET}\"",
        "url: u }\nauth: { mode: \"${SECRET}\", owner: { passphrase_hash: 2 }",
        "url: u }\nhttp: { public_url: \"${SECRET}\"",
        "url: u }\npost_topics: [\"(${SECRET}\"]\nx: {"
      })
  void no_mistake_repeats_a_secret(String settings) {
    assertThatThrownBy(() -> read(settings))
        .isInstanceOf(ConfigurationRefused.class)
        .message()
        .doesNotContain("hunter2");
  }

  private ConfigurationFile read(String settings) throws IOException, ConfigurationRefused {
    Files.writeString(
        folder.resolve(ConfigurationReader.DEFAULT_FILE),
        "topics: [a]\nbackend: redis\nbackend_config: { " + settings + " }\n");
    var environment = Map.of("SECRET", SECRET, "DB", "7", "NESTED", "${SECRET}");
    return new ConfigurationReader(SamplePlugin.BOTH, environment, folder).read(null, null);
  }
}
