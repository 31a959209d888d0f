package dev.parley.application;

import static dev.parley.application.TestSession.SELF;
import static dev.parley.application.TestSession.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.adapters.outbound.wire.JsonBeats;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.presence.Beat;
import dev.parley.domain.presence.Beat.Kind;
import dev.parley.domain.topic.AllowedTopics;
import dev.parley.domain.topic.TopicName;
import dev.parley.domain.topic.TopicPattern;
import dev.parley.ports.About;
import dev.parley.ports.BackendException.NoSuchTopic;
import dev.parley.ports.BackendException.OutcomeUnknown;
import dev.parley.ports.ContentLimit;
import dev.parley.ports.inbound.AnnouncePresence.Announced;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The beats of one process. */
@Timeout(20)
class AnnouncingTest {

  private static final TopicName PRESENCE = new TopicName("presence");
  private static final Duration SHORT = Duration.ofMillis(50);

  private final JsonBeats wire = new JsonBeats();
  private final MemoryBackend backend = new MemoryBackend(SELF, true);

  private Announced announce(MemoryBackend on, Duration heartbeat, AllowedTopics topics) {
    var rules = new PresenceRules(true, true, heartbeat, heartbeat.multipliedBy(3));
    return new Announcing(topics, on, rules, wire).announce();
  }

  private static AllowedTopics topics(int count) {
    var names = IntStream.range(0, count).mapToObj(n -> new TopicName("topic-" + n)).toList();
    return new AllowedTopics(names, List.of(new TopicPattern("plan-.*")), PRESENCE);
  }

  private List<Beat> beats(MemoryBackend on) {
    return on.history(PRESENCE).stream()
        .map(message -> wire.read(message.content()).orElseThrow())
        .toList();
  }

  @Test
  void a_process_says_hello_then_that_it_is_there_then_goodbye() {
    try (var _ = announce(backend, SHORT, topics(2))) {
      await().until(() -> beats(backend).size() >= 3);
    }
    var beats = beats(backend);

    assertThat(beats.getFirst().kind()).isEqualTo(Kind.HELLO);
    assertThat(beats.subList(1, beats.size() - 1))
        .extracting(Beat::kind)
        .containsOnly(Kind.HEARTBEAT);
    assertThat(beats.getLast().kind()).isEqualTo(Kind.GOODBYE);
    assertThat(beats).extracting(Beat::process).containsOnly(beats.getFirst().process());
    assertThat(beats.getFirst().announcement().topics()).hasSize(2);
    assertThat(beats.getFirst().announcement().postPatterns().expressions())
        .containsExactly("plan-.*");
    assertThat(beats.getFirst().announcement().push()).isTrue();
  }

  @Test
  void two_processes_name_themselves_differently() {
    try (var _ = announce(backend, Duration.ofMinutes(1), topics(1));
        var _ = announce(backend, Duration.ofMinutes(1), topics(1))) {
      await().until(() -> beats(backend).size() == 2);
      assertThat(beats(backend)).extracting(Beat::process).doesNotHaveDuplicates();
    }
  }

  @Test
  void hello_is_said_once_the_backend_answers() {
    backend.goDown();
    try (var _ = announce(backend, Duration.ofMinutes(1), topics(1))) {
      backend.comeBack();
      await().until(() -> beats(backend).size() == 1);
    }
    assertThat(beats(backend)).extracting(Beat::kind).containsExactly(Kind.HELLO, Kind.GOODBYE);
  }

  @Test
  void who_never_said_hello_says_no_goodbye() {
    backend.goDown();
    announce(backend, Duration.ofMinutes(1), topics(1)).close();
    backend.comeBack();

    assertThat(backend.history(PRESENCE)).isEmpty();
  }

  @Test
  void a_hello_of_unknown_outcome_is_taken_back() {
    var loses =
        new MemoryBackend(SELF, true) {
          private final AtomicInteger posts = new AtomicInteger();

          @Override
          public MessageId post(Draft draft) {
            var id = super.post(draft);
            if (posts.getAndIncrement() == 0) {
              throw new OutcomeUnknown("the answer was lost", null);
            }
            return id;
          }
        };
    var announced = announce(loses, Duration.ofMinutes(1), topics(1));
    await().until(() -> !loses.history(PRESENCE).isEmpty());
    announced.close();

    assertThat(beats(loses).getLast().kind()).isEqualTo(Kind.GOODBYE);
  }

  @Test
  void a_backend_that_hangs_holds_up_the_end_for_half_a_second_only() throws InterruptedException {
    var hangs =
        new MemoryBackend(SELF, true) {
          private final CountDownLatch begun = new CountDownLatch(1);

          @Override
          public MessageId post(Draft draft) {
            begun.countDown();
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException e) {
              throw unavailable();
            }
            throw new AssertionError("nothing ends the wait but an interrupt");
          }
        };
    var announced = announce(hangs, Duration.ofMinutes(1), topics(1));
    hangs.begun.await();
    var start = System.nanoTime();
    announced.close();

    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(450), Duration.ofMillis(1_400));
  }

  @Test
  void whoever_closes_again_does_not_wait_again_for_a_post_that_is_being_stored()
      throws InterruptedException {
    var begun = new CountDownLatch(1);
    var answers = new CompletableFuture<Void>();
    var stores =
        new MemoryBackend(SELF, true) {
          @Override
          public MessageId post(Draft draft) {
            begun.countDown();
            answers.join(); // which no interrupt ends
            throw unavailable();
          }
        };
    var announced = announce(stores, Duration.ofMinutes(1), topics(1));
    begun.await();
    announced.close();
    var start = System.nanoTime();
    announced.close();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(400));
    answers.complete(null);
  }

  @Test
  void without_a_mapping_presence_is_off_after_one_attempt() {
    var attempts = new AtomicInteger();
    var unmapped =
        new MemoryBackend(SELF, true) {
          @Override
          public MessageId post(Draft draft) {
            attempts.incrementAndGet();
            throw new NoSuchTopic("topic 'presence' has no mapping");
          }
        };
    try (var _ = announce(unmapped, SHORT, topics(1))) {
      await().until(() -> attempts.get() > 0);
      await().during(SHORT.multipliedBy(6)).until(() -> attempts.get() == 1);
    }
    assertThat(attempts).hasValue(1);
  }

  @Test
  void a_beat_is_cut_to_what_the_backend_takes_and_says_so() {
    var narrow =
        new MemoryBackend(SELF, true) {
          @Override
          public About about() {
            return new About(
                "narrow",
                null,
                "here",
                null,
                new ContentLimit(400, ContentLimit.Unit.UTF16_UNITS),
                null,
                null);
          }
        };
    try (var _ = announce(narrow, Duration.ofMinutes(1), topics(200))) {
      await().until(() -> !narrow.history(PRESENCE).isEmpty());
    }
    var hello = narrow.history(PRESENCE).getFirst().content();

    assertThat(hello.length()).isBetween(380, 400);
    assertThat(wire.read(hello).orElseThrow().announcement().more()).isTrue();
    assertThat(wire.read(hello).orElseThrow().announcement().topics()).hasSizeGreaterThan(15);
  }

  @Test
  void where_presence_is_off_nothing_is_said() {
    var rules = new PresenceRules(false, true, SHORT, SHORT.multipliedBy(3));
    new Announcing(topics(1), backend, rules, wire).announce().close();

    assertThat(backend.history(PRESENCE)).isEmpty();
    assertThat(backend.history(TOPIC)).isEmpty();
  }
}
