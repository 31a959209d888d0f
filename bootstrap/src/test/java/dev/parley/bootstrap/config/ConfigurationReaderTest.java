package dev.parley.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sound configuration gives, and where it comes from. */
class ConfigurationReaderTest {

  private final Map<String, String> environment = new HashMap<>();

  @TempDir Path folder;

  @Test
  void every_key_but_the_topics_has_a_default() throws Exception {
    environment.put("XDG_STATE_HOME", "/var/xdg");
    var read = read("topics: [general]");
    assertThat(read.configuration())
        .hasToString(
            "Configuration[backend=sqlite, identity=Identity[handle=agent], instanceId=agent,"
                + " statePath=/var/xdg/parley, topics=[general], postTopics=[],"
                + " catchup=Catchup[onStart=true, limit=100, blockMaxMs=50000],"
                + " livePush=LivePush[enabled=true, mentionFilter=false, from=[*],"
                + " maxPerMinute=60], presence=Presence[enabled=true, topic=parley-presence,"
                + " heartbeatMs=600000, ttlMs=1800000], http=Http[host=127.0.0.1, port=3000,"
                + " publicUrl=null, trustedProxies=[], metricsFrom=[127.0.0.0/8, ::1],"
                + " tls=Tls[cert=null, key=null]],"
                + " auth=Auth[mode=builtin, owner=Owner[], oidc=Oidc[issuer=null, audience=null,"
                + " jwksUri=null, requiredScope=null, allowedSubjects=[], allowedUsernames=[],"
                + " requiredRole=null, clockSkewS=30]]]");
    assertThat(read.backendConfig().path("db_path")).contains(folder.resolve("parley.db"));
    assertThat(read.backendConfig().requestTimeout()).hasSeconds(10);
    assertThat(read.warnings()).isEmpty();
  }

  @Test
  void a_key_without_a_value_has_its_default() throws Exception {
    var read = read("topics: [a]\ninstance_id: null\npost_topics:\ncatchup:\nbackend_config:\n");
    assertThat(read.configuration().instanceId()).isEqualTo("agent");
    assertThat(read.configuration().catchup().limit()).isEqualTo(100);
  }

  @Test
  void json_works_too() throws Exception {
    write(
        "parley.config.json",
        "{\n\t\"topics\": [\"a\"],\n\t\"identity\": {\"handle\": \"coder\"}\n}");
    assertThat(reader().read("parley.config.json", null).configuration().identity().handle())
        .isEqualTo("coder");
  }

  @Test
  void a_json_mistake_names_its_line() throws Exception {
    write("c.json", "{\n\"topics\": [\"a\"]\n\"x\": token-in-clear }");
    assertThatThrownBy(() -> reader().read("c.json", null))
        .hasMessage(
            "c.json:3: this is not valid JSON at column 1; check quotes, commas and braces");
  }

  @Test
  void the_backend_that_the_file_names_is_the_one_that_is_used() throws Exception {
    assertThat(read("topics: [a]\nbackend: redis\nbackend_config: { url: u }").plugin().settings())
        .isEqualTo(SamplePlugin.SERVER.settings());
  }

  @Test
  void names_like_yes_and_off_stay_names() throws Exception {
    assertThat(read("topics: [yes, off, \"null\", 2026-01-01]").configuration().topics())
        .containsExactly("yes", "off", "null", "2026-01-01");
  }

  @Test
  void paths_start_at_the_folder_of_the_file_or_at_home() throws Exception {
    Files.createDirectories(folder.resolve("conf"));
    write("conf/p.yaml", "topics: [a]\nstate_path: ~/s\nbackend_config: { db_path: ../x.db }");
    var read = reader().read("conf/p.yaml", null);
    assertThat(read.backendConfig().path("db_path")).contains(folder.resolve("x.db"));
    assertThat(read.configuration().statePath())
        .isEqualTo(Path.of(System.getProperty("user.home"), "s"));
  }

  @Test
  void the_command_line_overrides_the_environment_and_both_override_the_file() throws Exception {
    write(ConfigurationReader.DEFAULT_FILE, "topics: [a]\nidentity: { handle: from-file }");
    assertThat(handle(null)).isEqualTo("from-file");
    environment.put("PARLEY_HANDLE", "from-environment");
    assertThat(handle(null)).isEqualTo("from-environment");
    assertThat(handle("from-command-line")).isEqualTo("from-command-line");
  }

  @Test
  void an_overriding_handle_names_the_instance_too() throws Exception {
    write(ConfigurationReader.DEFAULT_FILE, "topics: [a]");
    assertThat(reader().read(null, "coder").configuration().instanceId()).isEqualTo("coder");
  }

  @Test
  void an_override_that_is_no_handle_is_refused_by_where_it_stands() throws Exception {
    write(ConfigurationReader.DEFAULT_FILE, "topics: [a]");
    environment.put("PARLEY_HANDLE", "a b");
    environment.put("PARLEY_PUBLIC_URL", "nowhere");
    assertThatThrownBy(() -> reader().read(null, null))
        .hasMessage(
            """
            PARLEY_HANDLE is 'a b', but must be a handle: a letter or digit at both ends, only \
            letters, digits, '.', '_' and '-' inside, at most 64 characters
            PARLEY_PUBLIC_URL is 'nowhere', but must be a URL such as https://parley.example.com, \
            without user, path, query and fragment\
            """);
  }

  @Test
  void the_public_url_may_come_from_the_environment() throws Exception {
    environment.put("PARLEY_PUBLIC_URL", "https://parley.example.com");
    assertThat(read("topics: [a]").configuration().http().publicUrl())
        .isEqualTo("https://parley.example.com");
  }

  @Test
  void without_any_file_the_remedy_is_init() {
    assertThatThrownBy(() -> reader().read(null, null))
        .hasMessage(
            "there is no parley.config.yaml in %s; run 'parley init' to write one, or name one with --config or PARLEY_CONFIG"
                .formatted(folder));
  }

  @Test
  void a_named_file_that_is_missing_is_named() {
    environment.put("PARLEY_CONFIG", "absent.yaml");
    assertThatThrownBy(() -> reader().read(null, null))
        .hasMessage("absent.yaml does not exist; run 'parley init' to write a configuration");
  }

  @Test
  void a_named_file_goes_before_the_environment() throws Exception {
    environment.put("PARLEY_CONFIG", "absent.yaml");
    write("mine.yaml", "topics: [mine]");
    assertThat(reader().read("mine.yaml", null).configuration().topics()).containsExactly("mine");
  }

  @Test
  void a_folder_a_huge_file_and_foreign_bytes_are_refused() throws Exception {
    assertThatThrownBy(() -> reader().read(".", null))
        .hasMessage(". is a folder; name the configuration file in it");
    write("huge.yaml", "#".repeat(1024 * 1024 + 1));
    assertThatThrownBy(() -> reader().read("huge.yaml", null))
        .hasMessage("huge.yaml is larger than 1 MiB, so it is no configuration of Parley");
    Files.write(folder.resolve("latin.yaml"), new byte[] {'a', (byte) 0xe9, ':'});
    assertThatThrownBy(() -> reader().read("latin.yaml", null))
        .hasMessage("latin.yaml is not UTF-8 text");
  }

  @Test
  void former_keys_are_accepted_with_one_warning_each() throws Exception {
    var read =
        read(
            """
            backend: local-sqlite
            topics: [a]
            catchup: { block_poll_interval_ms: 500, limit: 7 }
            permissions: { skip_permissions: true }
            """);
    assertThat(read.plugin().settings()).isEqualTo(SamplePlugin.SQLITE.settings());
    assertThat(read.configuration().backend()).isEqualTo("sqlite");
    assertThat(read.configuration().catchup().limit()).isEqualTo(7);
    assertThat(read.warnings())
        .containsExactly(
            "parley.config.yaml:1: backend: local-sqlite is now called sqlite; rename it",
            "parley.config.yaml:3: catchup.block_poll_interval_ms has no effect any more; a waiting"
                + " call wakes when a message lands; remove it, catchup.block_max_ms bounds the"
                + " wait",
            "parley.config.yaml:4: permissions.skip_permissions has no effect any more; Parley"
                + " starts no agent, so set this in the agent's own settings and remove it here");
  }

  @Test
  void the_former_name_of_a_setting_sets_it_with_a_warning() throws Exception {
    var read = read("topics: [a]\nbackend: redis\nbackend_config: { url: u, block_ms: 250 }");
    assertThat(read.backendConfig().number("feed_wait_ms")).contains(250L);
    assertThat(read.warnings())
        .containsExactly(
            "parley.config.yaml:3: backend_config.block_ms is now called"
                + " backend_config.feed_wait_ms; rename it");
  }

  private String handle(@Nullable String named) throws ConfigurationRefused {
    return reader().read(null, named).configuration().identity().handle();
  }

  private ConfigurationFile read(String yaml) throws IOException, ConfigurationRefused {
    write(ConfigurationReader.DEFAULT_FILE, yaml);
    return reader().read(null, null);
  }

  private ConfigurationReader reader() {
    return new ConfigurationReader(SamplePlugin.BOTH, environment, folder);
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(folder.resolve(name), content);
  }
}
