package dev.parley.adapters.outbound.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.conformance.fault.TcpProxy;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.IdempotencyKey;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException.ContentRejected;
import dev.parley.ports.BackendException.OutcomeUnknown;
import dev.parley.ports.outbound.Backend;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PostingTest {

  private static final TopicName TOPIC = new TopicName("ctx");

  private final String prefix = SharedServers.newPrefix();
  private final Map<String, Object> settings =
      Map.of("stream_prefix", prefix + "_", "subject_prefix", prefix);

  private Backend parley(SharedServers servers, String handle) {
    return Fixture.open(handle, Fixture.config(List.of(servers.server().url()), settings));
  }

  private static Draft draft(String content, String key) {
    return Draft.of(TOPIC, content).under(new IdempotencyKey(key));
  }

  @ParameterizedTest
  @EnumSource
  void a_key_belongs_to_its_sender_and_may_hold_any_text(SharedServers servers) {
    try (var alice = parley(servers, "alice");
        var bob = parley(servers, "bob")) {
      var first = alice.post(draft("alice's", "sch\u00f6n: a/b \ud83d\ude00"));
      assertThat(bob.post(draft("bob's", "sch\u00f6n: a/b \ud83d\ude00"))).isNotEqualTo(first);
      assertThat(alice.post(draft("alice's again", "sch\u00f6n: a/b \ud83d\ude00")))
          .isEqualTo(first);
      assertThat(alice.post(draft("alice's other", "schon: a/b \ud83d\ude00"))).isNotEqualTo(first);

      assertThat(Fixture.contents(bob, TOPIC)).containsExactly("alice's", "bob's", "alice's other");
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_post_with_a_key_gets_through_a_broken_connection(SharedServers servers) {
    try (var proxy = new TcpProxy(servers.server().port());
        var backend =
            Fixture.open(
                "agent", Fixture.config(List.of("nats://127.0.0.1:" + proxy.port()), settings))) {
      backend.post(Draft.of(TOPIC, "before"));
      proxy.freeze();
      var posted =
          CompletableFuture.supplyAsync(() -> backend.post(draft("kept", "k")), executor());
      await().pollDelay(Duration.ofMillis(300)).until(() -> !posted.isDone());
      proxy.cut();
      proxy.thaw();
      proxy.mend();

      assertThat(posted).succeedsWithin(Duration.ofSeconds(4));
      assertThat(backend.post(draft("kept", "k"))).isEqualTo(posted.join());
      assertThat(Fixture.contents(backend, TOPIC)).containsExactly("before", "kept");
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_post_without_a_key_is_sent_once_and_its_outcome_said_to_be_unknown(SharedServers servers) {
    try (var proxy = new TcpProxy(servers.server().port());
        var backend =
            Fixture.open(
                "agent", Fixture.config(List.of("nats://127.0.0.1:" + proxy.port()), settings))) {
      backend.post(Draft.of(TOPIC, "before"));
      proxy.freeze();
      assertThatThrownBy(() -> backend.post(Draft.of(TOPIC, "who knows")))
          .isInstanceOf(OutcomeUnknown.class);
      proxy.thaw();

      await().until(() -> Fixture.contents(backend, TOPIC).size() == 2);
      assertThat(Fixture.contents(backend, TOPIC)).containsExactly("before", "who knows");
    }
  }

  private static Executor executor() {
    return Executors.newVirtualThreadPerTaskExecutor();
  }

  @ParameterizedTest
  @EnumSource
  void two_instances_make_the_stream_of_a_topic_at_once(SharedServers servers) throws Exception {
    try (var alice = parley(servers, "alice");
        var bob = parley(servers, "bob");
        var posting = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var n = 0; n < 200; n++) {
        var topic = new TopicName("topic " + n);
        var both =
            posting.invokeAll(
                List.of(
                    () -> alice.post(Draft.of(topic, "a")), () -> bob.post(Draft.of(topic, "b"))));
        for (var one : both) {
          assertThat(one.get()).isInstanceOf(MessageId.class);
        }
        assertThat(Fixture.contents(bob, topic)).containsExactlyInAnyOrder("a", "b");
      }
    }
  }

  @Test
  void content_of_control_characters_that_do_not_fit_as_json_is_refused_with_figures() {
    try (var backend = parley(SharedServers.NATS_2_15, "alice")) {
      assertThatThrownBy(() -> backend.post(Draft.of(TOPIC, "\u0001".repeat(400_000))))
          .isInstanceOf(ContentRejected.class)
          .hasMessageContaining("2,400,")
          .hasMessageContaining("nothing was posted");
      assertThat(Fixture.contents(backend, TOPIC)).isEmpty();
      var worst = "\"\\\n".repeat(512_000 / 3);
      backend.post(Draft.of(TOPIC, worst));
      assertThat(Fixture.contents(backend, TOPIC)).containsExactly(worst);
    }
  }

  @Test
  void a_server_that_takes_less_lowers_the_limit() {
    try (var server = NatsServer.configured(NatsServer.current(), "max_payload: 65536").started();
        var backend = Fixture.open(server)) {
      backend.post(Draft.of(TOPIC, "x".repeat(30_720)));
      assertThat(backend.about().limit().size()).isEqualTo(30_720);
      assertThatThrownBy(() -> backend.post(Draft.of(TOPIC, "x".repeat(30_721))))
          .isInstanceOf(ContentRejected.class)
          .hasMessageContaining("30,720")
          .hasMessageContaining("30,721");
    }
  }
}
