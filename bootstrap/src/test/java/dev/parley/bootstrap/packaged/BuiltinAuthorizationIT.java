package dev.parley.bootstrap.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way of a connector through the authorization server of the packaged Parley. */
class BuiltinAuthorizationIT {

  @TempDir Path folder;

  private RemoteServer server;
  private Connector connector;

  @BeforeEach
  void start() throws IOException {
    server = new RemoteServer(Installation.built(folder));
    connector = new Connector(server.url() + "/mcp");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void from_the_challenge_to_the_end_of_the_grant() throws IOException, InterruptedException {
    connector.discover();
    var page = connector.authorize();
    assertThat(page.statusCode()).isEqualTo(200);
    connector.redeem(connector.decide(page, RemoteServer.PASSPHRASE, server.url()));
    assertServed(connector.accessToken());

    var first = connector.accessToken();
    connector.refresh();
    assertThat(connector.accessToken()).isNotEqualTo(first);
    assertServed(connector.accessToken());

    server.restart();
    assertServed(connector.accessToken());
    server.killAndRestart();
    assertServed(connector.accessToken());
    connector.refresh();
    assertServed(connector.accessToken());

    assertThat(connector.revoke()).isEqualTo(200);
    assertThat(connector.call(connector.accessToken()).statusCode()).isEqualTo(401);
    server.restart();
    assertThat(connector.call(connector.accessToken()).statusCode()).isEqualTo(401);
  }

  @Test
  void a_page_of_another_site_decides_nothing() throws IOException, InterruptedException {
    connector.discover();
    var page = connector.authorize();

    for (var origin : List.of("https://evil.example", "null", "http://127.0.0.1.evil.example")) {
      var answer = connector.decide(page, RemoteServer.PASSPHRASE, origin);
      assertThat(answer.statusCode()).as(origin).isEqualTo(403);
      assertThat(answer.headers().firstValue("Location")).isEmpty();
    }
    assertThat(connector.decide(page, RemoteServer.PASSPHRASE, server.url()).statusCode())
        .isEqualTo(303);
  }

  /** Else the browser would send the form with the Origin "null", and no owner could allow it. */
  @Test
  void the_page_lets_a_browser_name_its_origin() throws IOException, InterruptedException {
    connector.discover();

    assertThat(connector.authorize().headers().allValues("Referrer-Policy"))
        .containsExactly("same-origin");
  }

  @Test
  void a_second_server_on_the_same_state_says_why_it_does_not_start()
      throws IOException, InterruptedException {
    assertThat(server.another()).isNotZero();
    assertThat(server.said())
        .contains("authorization.db", "another process has it open: stop that one")
        .doesNotContain("\tat ");
  }

  @Test
  void secrets_are_neither_said_nor_kept() throws IOException, InterruptedException {
    connector.discover();
    connector.redeem(
        connector.decide(connector.authorize(), RemoteServer.PASSPHRASE, server.url()));
    connector.decide(connector.authorize(), "a wrong passphrase", server.url());

    assertThat(server.said())
        .doesNotContain(connector.accessToken(), RemoteServer.PASSPHRASE, "a wrong passphrase");
    try (var files = Files.walk(folder)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(connector.accessToken());
      }
    }
  }

  private void assertServed(String token) throws IOException, InterruptedException {
    var answer = connector.call(token);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("parley_post");
  }
}
