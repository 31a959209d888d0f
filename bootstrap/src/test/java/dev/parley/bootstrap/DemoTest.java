package dev.parley.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demonstration happens for real, and fails when it does not. */
class DemoTest {

  @TempDir Path folder;

  @Test
  void every_step_happens_and_nothing_is_left_behind() {
    var demo = new Parley(folder).run("demo");
    assertThat(demo.code()).as(demo.out() + demo.err()).isZero();
    assertThat(demo.out().lines().toList().getLast()).startsWith("demo: all steps happened.");
    assertNothingIsLeft();
  }

  @Test
  void says_what_to_install_when_there_is_no_server_to_start() {
    var demo =
        new Parley(folder, Map.of("PATH", folder.toString())).run("demo", "--backend", "redis");
    assertThat(demo.code()).isEqualTo(1);
    assertThat(demo.out())
        .isEqualTo(
            "demo: FAILED. redis-server or valkey-server is not on this machine; install it (on"
                + " Debian: apt-get install redis-server), or name a server with --url\n");
    assertNothingIsLeft();
  }

  @Test
  void refuses_an_address_for_a_backend_without_a_server() {
    var demo = new Parley(folder).run("demo", "--url", "redis://127.0.0.1");
    assertThat(demo.code()).isEqualTo(2);
    assertThat(demo.err())
        .startsWith("sqlite has no server, so --url cannot be used; leave it out");
  }

  @Test
  void says_which_variable_an_address_wants() {
    var demo = new Parley(folder).run("demo", "--backend", "nats", "--url", "${NO_SUCH_NATS}");
    assertThat(demo.code()).isEqualTo(2);
    assertThat(demo.err()).contains("${NO_SUCH_NATS}").contains("not set");
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"zulip", "discord", "slack", "telegram"})
  void says_that_it_cannot_be_given_where_an_account_is_needed(String service) {
    var demo = new Parley(folder).run("demo", "--backend", service);
    assertThat(demo.code()).isEqualTo(1);
    assertThat(demo.out())
        .isEqualTo(
            "demo: FAILED. %1$s is a service that needs an account, so the demonstration cannot be given there; docs/backends/%1$s.md says how to set up a topic\n"
                .formatted(service));
    assertNothingIsLeft();
  }

  @Test
  void suggests_the_backend_that_was_meant() {
    var demo = new Parley(folder).run("demo", "--backend", "postgresq");
    assertThat(demo.code()).isEqualTo(2);
    assertThat(demo.err()).startsWith("'postgresq' is not a known backend, did you mean postgres?");
  }

  private void assertNothingIsLeft() {
    assertThat(folder).isDirectoryNotContaining("glob:**/parley-demo*");
  }
}
