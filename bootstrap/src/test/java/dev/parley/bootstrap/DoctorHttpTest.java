package dev.parley.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Doctor looks at a server that runs behind a proxy, as a chat connector does. */
class DoctorHttpTest {

  private static final Pattern LISTENING = Pattern.compile("listening on 127\\.0\\.0\\.1:(\\d+)");

  @TempDir Path folder;

  @Test
  void a_server_that_works_passes_every_check() throws IOException {
    try (var front = new Front(Set.of())) {
      var parley = configured(front.url());
      var server = serve(parley, front);
      var doctor = parley.run("doctor", "--http");
      server.destroy();

      assertThat(doctor.code()).as(doctor.out()).isZero();
      assertThat(doctor.out().lines().map(line -> line.replaceFirst(":.*", "")))
          .containsExactly(
              "OK       configuration",
              "OK       public URL",
              "OK       name",
              "OK       connection",
              "OK       health",
              "OK       resource metadata",
              "OK       resource metadata",
              "OK       challenge",
              "OK       authorization server",
              "OK       origin",
              "OK       clock",
              "OK       streams");
      assertThat(doctor.out())
          .contains("is led to " + front.url() + "/.well-known/oauth-protected-resource/mcp")
          .contains("names the issuer " + front.url() + "\n")
          .contains("the server and this machine agree");
      Parley.codeOf(server);
    }
  }

  @Test
  void a_server_that_was_started_with_another_url_is_found_out() throws IOException {
    try (var front = new Front(Set.of("origin"))) {
      var server = serve(configured(front.url().replace("localhost", "127.0.0.1")), front);
      var doctor = configured(front.url()).run("doctor", "--http");
      server.destroy();

      assertThat(doctor.code()).isEqualTo(1);
      assertThat(doctor.out().lines().filter(line -> line.startsWith("PROBLEM")))
          .hasSize(4)
          .allSatisfy(line -> assertThat(line).contains("127.0.0.1").contains(" -> start the"));
      assertThat(doctor.out()).contains("WARNING  origin: ", "have whatever is in front pass on");
      Parley.codeOf(server);
    }
  }

  @Test
  void without_a_server_there_is_one_problem_and_no_more_questions() throws IOException {
    String url;
    try (var front = new Front(Set.of())) {
      url = front.url();
    }
    var doctor = configured(url).run("doctor", "--http");
    assertThat(doctor.code()).isEqualTo(1);
    assertThat(doctor.out().lines().filter(line -> line.startsWith("PROBLEM")))
        .singleElement()
        .asString()
        .contains("cannot be reached: the connection is refused -> see that");
  }

  private Parley configured(String url) throws IOException {
    return new Parley(folder, Map.of("PARLEY_OWNER_PASSPHRASE", "quite a long one"))
        .configured("http: { port: 0, public_url: \"%s\" }".formatted(url));
  }

  private Process serve(Parley parley, Front front) throws IOException {
    var err = folder.resolve("serve.err");
    var server = parley.start(err, "serve", "--http");
    var port =
        await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () -> {
                  var found = LISTENING.matcher(Files.readString(err));
                  return found.find() ? Integer.parseInt(found.group(1)) : 0;
                },
                found -> found > 0);
    front.leadTo(port);
    return server;
  }
}
