package dev.parley.adapters.outbound.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.domain.history.Window;
import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.Feed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is measured of a backend and of requests, as Prometheus reads it. */
class MetricsTest {

  private static final TopicName TOPIC = new TopicName("a private topic");

  private final Scripted backend = new Scripted();
  private final Metrics metrics = new Metrics("1.2.3");
  private final Backend measured = metrics.measured(backend);

  private List<String> page() {
    return new String(metrics.page(), StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void posts_and_pages_are_counted_and_timed() {
    assertThat(measured.post(Draft.of(TOPIC, "hi"))).isEqualTo(Scripted.ID);
    measured.post(Draft.of(TOPIC, "hi"));
    assertThat(measured.fetchRecent(TOPIC, Window.latest(1)).next()).isEqualTo(new Cursor("c1"));
    assertThat(page())
        .contains(
            "# TYPE parley_posts_total counter",
            "parley_posts_total 2.0",
            "parley_pages_total 1.0",
            "parley_backend_operation_duration_seconds_count{operation=\"post\"} 2",
            "parley_backend_operation_duration_seconds_count{operation=\"fetch_recent\"} 1",
            "parley_backend_operation_duration_seconds_bucket{operation=\"post\",le=\"10.0\"} 2");
  }

  @Test
  void what_fails_is_thrown_on_and_counted_by_operation_and_kind_and_as_nothing_else() {
    backend.failure = new BackendException.Unavailable("gone", null, null);
    assertThatThrownBy(() -> measured.post(Draft.of(TOPIC, "hi"))).isSameAs(backend.failure);
    backend.failure = new BackendException.CursorRejected("what");
    assertThatThrownBy(() -> measured.fetchRecent(TOPIC, Window.latest(1)))
        .isSameAs(backend.failure);
    assertThatThrownBy(() -> measured.resolveIdentity(new Handle("ann"))).isSameAs(backend.failure);
    assertThat(page())
        .contains(
            "parley_backend_errors_total{kind=\"unavailable\",operation=\"post\"} 1.0",
            "parley_backend_errors_total{kind=\"cursor_rejected\",operation=\"fetch_recent\"} 1.0",
            "parley_backend_errors_total{kind=\"cursor_rejected\",operation=\"resolve_identity\"}"
                + " 1.0",
            "parley_posts_total 0.0",
            "parley_pages_total 0.0");
  }

  @Test
  void feeds_are_handed_on_and_counted_until_they_are_closed() {
    var heard = new ArrayList<String>();
    var subscription =
        measured.subscribe(
            TOPIC,
            new Feed() {
              @Override
              public void message(Message message) {
                heard.add("message");
              }

              @Override
              public void behind() {
                heard.add("behind");
              }

              @Override
              public void interrupted(BackendException why) {
                heard.add(String.valueOf(why.getMessage()));
              }
            });
    backend
        .feeds
        .getFirst()
        .message(
            new Message(
                Scripted.ID,
                TOPIC,
                new Sender("ann", null, Sender.Kind.PERSON),
                "hi",
                new Cursor("c1"),
                Instant.EPOCH,
                null,
                Message.Condition.ORIGINAL));
    backend.feeds.getFirst().behind();
    backend.feeds.getFirst().interrupted(new BackendException.Unavailable("cut", null, null));
    assertThat(heard).containsExactly("message", "behind", "cut");
    assertThat(page())
        .contains(
            "parley_feeds 1.0",
            "parley_feed_messages_total 1.0",
            "parley_backend_errors_total{kind=\"unavailable\",operation=\"feed\"} 1.0");

    subscription.close();
    subscription.close();
    assertThat(page()).contains("parley_feeds 0.0");
    assertThat(backend.closedFeeds).isEqualTo(2);
  }

  @Test
  void requests_are_counted_by_class_of_status_and_timed_unless_they_stream() {
    metrics.served(200, Duration.ofMillis(3), false);
    metrics.served(204, Duration.ofHours(1), true);
    metrics.served(404, Duration.ofMillis(3), false);
    assertThat(page())
        .contains(
            "parley_http_requests_total{status=\"2xx\"} 2.0",
            "parley_http_requests_total{status=\"4xx\"} 1.0",
            "parley_http_request_duration_seconds_count 2",
            "parley_http_request_duration_seconds_bucket{le=\"0.005\"} 2",
            "parley_http_request_duration_seconds_bucket{le=\"0.0025\"} 0");
  }

  @Test
  void numbers_of_others_are_read_whenever_they_are_shown() {
    var open = new AtomicInteger();
    metrics.gauge("parley_open", "Open.", open::get);
    metrics.counter("parley_opened_total", "Opened.", open::get);
    assertThat(page()).contains("parley_open 0.0", "parley_opened_total 0.0");
    open.set(3);
    assertThat(page())
        .contains("parley_open 3.0", "parley_opened_total 3.0", "# TYPE parley_open gauge");
  }

  @Test
  void it_is_shown_whether_the_backend_answers_and_what_the_process_takes() {
    assertThat(page())
        .contains("parley_backend_up 1.0", "parley_build_info{version=\"1.2.3\"} 1")
        .anyMatch(line -> line.matches("process_start_time_seconds \\d.*"))
        .anyMatch(line -> line.matches("process_cpu_seconds_total \\d.*"))
        .anyMatch(line -> line.matches("jvm_heap_used_bytes \\d.*"));
    backend.connectedSince = null;
    assertThat(page()).contains("parley_backend_up 0.0");
  }

  @Test
  void nothing_that_users_choose_is_among_the_labels() {
    measured.post(Draft.of(TOPIC, "hi"));
    measured.fetchRecent(TOPIC, Window.latest(1));
    assertThat(page()).noneMatch(line -> line.contains("private"));
  }

  @Test
  void closing_closes_the_backend() {
    measured.close();
    assertThat(backend.closed).isTrue();
  }
}
