package dev.parley.adapters.outbound.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.Backend;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A topic that several sessions use for the first time at the same moment. */
class StreamMadeAtOnceTest {

  private static final int SESSIONS = 3;
  private static final int TOPICS = 200;

  private final List<Backend> sessions = new ArrayList<>();

  @AfterEach
  void close() {
    sessions.forEach(Backend::close);
  }

  @Test
  void a_stream_that_is_only_being_made_is_asked_for_again() throws ApiError {
    var answer =
        Json.parse(
            "{\"config\":{\"name\":\"s\"},\"created\":\"0001-01-01T00:00:00Z\",\"state\":{}}"
                .getBytes(StandardCharsets.UTF_8));

    var error = catchThrowableOfType(ApiError.class, () -> StreamApi.stateOf(answer));

    assertThat(error.passes()).isTrue();
    assertThat(error.description()).contains("being made");
  }

  @ParameterizedTest
  @EnumSource
  void all_agree_on_the_ids_and_nobody_sees_a_gap(SharedServers servers) throws Exception {
    var prefix = SharedServers.newPrefix();
    for (var n = 0; n < SESSIONS; n++) {
      sessions.add(
          Fixture.open(
              servers.server(), Map.of("stream_prefix", prefix + "_", "subject_prefix", prefix)));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var n = 0; n < TOPICS; n++) {
        var topic = new TopicName("made-at-once-" + n);
        var uses = new ArrayList<Future<Use>>();
        for (var session : sessions) {
          uses.add(threads.submit(() -> use(session, topic)));
        }
        var posted = new ArrayList<MessageId>();
        for (var use : uses) {
          posted.add(use.get().posted());
          assertThat(use.get().read().gap()).isFalse();
        }
        assertThat(Fixture.history(sessions.getFirst(), topic, 10))
            .extracting(Message::id)
            .containsExactlyInAnyOrderElementsOf(posted);
      }
    }
  }

  /**
   * What one session found.
   *
   * @param posted the id that its post was given
   * @param read what came after the end that it had seen before
   */
  private record Use(MessageId posted, Page read) {}

  private static Use use(Backend session, TopicName topic) {
    var end = session.fetchRecent(topic, Window.latest(1)).next();
    var posted = session.post(Draft.of(topic, "hello"));
    return new Use(posted, session.fetchRecent(topic, Window.after(end, 10)));
  }
}
