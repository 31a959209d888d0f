package dev.parley.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.domain.history.Window;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.InstanceId;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException.Misconfigured;
import dev.parley.ports.outbound.Self;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only a backend can find wrong in its settings is said with file, line and key as well. */
class BackendMistakesTest {

  @TempDir Path folder;

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          redis | url: http://h | 5: backend_config.url has to look like redis://
          redis | key_prefix: a b | 5: backend_config.key_prefix is 'a b'; it has to be
          redis | tls_cert: x.pem | 5: backend_config.tls_cert and tls_key belong together
          redis | tls_ca_cert: x.pem | 3: backend_config.url has to begin with rediss
          postgres | url: mysql://h/d | 5: backend_config.url has to look like postgresql://
          postgres | url: postgres://h/d?x=y | 5: backend_config.url has the parameter 'x'
          nats | servers: ["http://h"] | 5: backend_config.servers has 'http://h'; an address
          nats | subject_prefix: a b | 5: backend_config.subject_prefix is 'a b'; it may hold
          nats | user: ann | 5: backend_config.user is set without password
          nats | { token: t, nkey_file: f } | 5: backend_config.token is not the only kind
          xmpp | nick: ann | 3: backend_config.username is missing
          xmpp | service: http://h | 5: backend_config.service 'http://h' has another form
          matrix | homeserver_url: ftp://h | 5: backend_config.homeserver_url has to be an address
          matrix | homeserver_url: https://h | 3: backend_config.user is missing
          discord | { token: t, channel_map: { general: x } } | 5: backend_config.channel_map has 'x'
          discord | { token: t, channel_map: { general: "1" }, api_url: "a b" } | 5: backend_config.api_url is 'a b'
          slack | { bot_token: xoxp-1, app_token: xapp-1, channel_map: { general: x } } | 5: backend_config.channel_map maps 'general' to 'x'
          telegram | { token: t, chat_map: { general: "1" } } | 5: backend_config.token is not a bot's token
          zulip | { site_url: ftp://h, email: a, api_key: k, stream: s } | 5: backend_config.site_url cannot be used
          """)
  void a_setting_that_the_backend_cannot_use(String backend, String settings, String sentence)
      throws Exception {
    var file = read(backend, settings);
    assertThatThrownBy(() -> file.plugin().open(file.backendConfig(), self()))
        .isInstanceOf(Misconfigured.class)
        .hasMessageStartingWith("parley.config.yaml:" + sentence)
        .message()
        .hasLineCount(1);
    assertThatThrownBy(() -> file.plugin().diagnose(file.backendConfig()))
        .hasMessageStartingWith("parley.config.yaml:" + sentence);
  }

  @Test
  void a_setting_that_turns_out_unusable_when_the_backend_is_used() throws Exception {
    var file = read("sqlite", "db_path: .");
    try (var backend = file.plugin().open(file.backendConfig(), self())) {
      assertThatThrownBy(() -> backend.fetchRecent(new TopicName("general"), Window.latest(1)))
          .hasMessage(
              "parley.config.yaml:5: backend_config.db_path is %s, which is a folder: name a file",
              folder);
    }
  }

  @Test
  void what_is_wrong_elsewhere_is_said_as_it_is() {
    var fault = new Misconfigured("the server is too old");
    assertThat(new SettingPlaces("parley.config.yaml", _ -> 7).located(fault)).isSameAs(fault);
  }

  private ConfigurationFile read(String backend, String settings) throws Exception {
    Files.writeString(
        folder.resolve("parley.config.yaml"),
        """
        backend: %s
        topics: [general]
        backend_config:

          %s
        """
            .formatted(backend, settings));
    return new ConfigurationReader(Plugins.installed(), Map.of(), folder).read(null, null);
  }

  private Self self() {
    return new Self(
        new Handle("ann"), Sender.Kind.PERSON, new InstanceId("ann"), folder.resolve("state"));
  }
}
