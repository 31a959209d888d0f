package dev.parley.adapters.outbound.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.conformance.OpenStore;
import dev.parley.conformance.reading.History;
import dev.parley.domain.message.Draft;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException.RateLimited;
import dev.parley.ports.outbound.Backend;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RateLimitTest {

  private static final TopicName TOPIC = new TopicName("planning");
  private static final String TIGHT =
      """
      federation_domain_whitelist: []
      rc_message: {per_second: 0.2, burst_count: 4}
      """;

  @TempDir private Path state;

  @Test
  void a_post_waits_as_asked_and_says_so_where_its_time_is_too_short_for_that() {
    try (var server = new SynapseServer(TIGHT).started()) {
      server.register(Accounts.BOT, Accounts.PASSWORD, false);
      try (var patient = open(server, "12000")) {
        var texts = IntStream.rangeClosed(1, 6).mapToObj(n -> "message " + n).toList();
        texts.forEach(text -> patient.post(Draft.of(TOPIC, text)));

        assertThat(History.contents(History.whole(patient, TOPIC))).isEqualTo(texts);
        refusesInTime(server, texts);
      }
    }
  }

  private void refusesInTime(SynapseServer server, List<String> before) {
    try (var hasty = open(server, "3000")) {
      var fault =
          catchThrowableOfType(
              RateLimited.class,
              () ->
                  IntStream.rangeClosed(1, 9).forEach(n -> hasty.post(Draft.of(TOPIC, "no " + n))));

      assertThat(fault.retryAfter()).isPositive();
      assertThat(fault).hasMessageContaining("asks to wait");
      assertThat(History.contents(History.whole(hasty, TOPIC)))
          .startsWith(before.toArray(new String[0]));
    }
  }

  private Backend open(SynapseServer server, String timeout) {
    return OpenStore.as(
        new Handle("alice"),
        Sender.Kind.AGENT,
        new MatrixPlugin(),
        Map.of(
            "homeserver_url",
            server.url(),
            "user",
            Accounts.BOT,
            "password",
            Accounts.PASSWORD,
            "request_timeout_ms",
            timeout),
        state);
  }
}
