package dev.parley.adapters.inbound.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.adapters.inbound.http.HttpServer.Options;
import dev.parley.adapters.inbound.mcp.FixtureTools;
import dev.parley.adapters.inbound.mcp.Requests;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Metrics are for those whom the configuration names, and for nobody behind an unknown proxy. */
class MetricsPageTest {

  private static final List<String> HERE = List.of("127.0.0.0/8", "::1");
  private static final List<String> NOBODY = List.of();

  private final OneTopic topic = new OneTopic();

  private int statusFor(List<String> from, List<String> trustedProxies, String... headers) {
    var options =
        new Options("1", "127.0.0.1", 0, "http://127.0.0.1", trustedProxies, Optional.empty());
    try (var server =
        new HttpServer(
            options,
            FixtureTools.catalogue(),
            new Requests(topic, topic, topic),
            List.of(new MetricsPage(from, () -> "up 1\n".getBytes(StandardCharsets.UTF_8))))) {
      var answer = new Asking(server.start()).get("/metrics", headers);
      if (answer.statusCode() == 200) {
        assertThat(answer.body()).isEqualTo("up 1\n");
        assertThat(answer.headers().firstValue("Content-Type"))
            .hasValue("text/plain; version=0.0.4; charset=utf-8");
      } else {
        assertThat(answer.body()).doesNotContain("up 1");
      }
      return answer.statusCode();
    }
  }

  @Test
  void a_client_on_the_same_machine_sees_them() {
    assertThat(statusFor(HERE, NOBODY)).isEqualTo(200);
  }

  @Test
  void a_client_elsewhere_sees_no_page() {
    assertThat(statusFor(List.of("10.0.0.0/8"), NOBODY)).isEqualTo(404);
    assertThat(statusFor(NOBODY, NOBODY)).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "X-Forwarded-For, 203.0.113.9",
    "X-Forwarded-For, 127.0.0.1",
    "X-Forwarded-For, unknown",
    "X-Forwarded-For, 203.0.113.9:4711",
    "X-Forwarded-Proto, https",
    "Forwarded, for=203.0.113.9",
    "Via, 1.1 proxy",
    "CF-Connecting-IP, 203.0.113.9"
  })
  void a_stranger_behind_a_proxy_sees_no_page_whether_the_proxy_is_trusted_or_not(
      String name, String value) {
    assertThat(statusFor(HERE, NOBODY, name, value)).isEqualTo(404);
    assertThat(statusFor(HERE, List.of("127.0.0.1"), name, value)).isEqualTo(404);
  }

  @Test
  void an_address_that_a_client_invents_does_not_help_it() {
    assertThat(statusFor(HERE, List.of("127.0.0.1"), "X-Forwarded-For", "127.0.0.1, 203.0.113.9"))
        .isEqualTo(404);
  }

  @Test
  void a_client_that_may_see_them_may_come_through_a_trusted_proxy() {
    var from = List.of("10.0.0.0/8");
    assertThat(statusFor(from, List.of("127.0.0.1"), "X-Forwarded-For", "10.0.0.9")).isEqualTo(200);
    assertThat(statusFor(from, NOBODY, "X-Forwarded-For", "10.0.0.9")).isEqualTo(404);
  }
}
