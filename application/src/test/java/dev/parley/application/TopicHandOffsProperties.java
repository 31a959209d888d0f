package dev.parley.application;

import static dev.parley.application.TestSession.SELF;
import static dev.parley.application.TestSession.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.handoff.HandOffs;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever is said, however it is read, and whenever a reader restarts: the fold is one. */
class TopicHandOffsProperties {

  private static final Duration LONG = Duration.ofSeconds(5);

  /** What happens: somebody says something, or one of two readers reads on, stores or restarts. */
  record Step(int kind, int reader, Sender sender, String content) {}

  @Property(tries = 500)
  void every_reader_folds_the_same(
      @ForAll("steps") @Size(max = 60) List<Step> steps,
      @ForAll @IntRange(min = 1, max = 5) int page) {
    var backend = new MemoryBackend(SELF, false);
    var stores = List.of(new TestSession.Store(), new TestSession.Store());
    var sizes = new TopicHandOffs.Sizes(page, 1_000);
    var readers =
        new TopicHandOffs[] {
          open(backend, stores.get(0), sizes), open(backend, stores.get(1), sizes)
        };
    for (var step : steps) {
      var reader = readers[step.reader()];
      switch (step.kind()) {
        case 0 -> reader.readOn();
        case 1 -> reader.store();
        case 2 -> readers[step.reader()] = open(backend, stores.get(step.reader()), sizes);
        default -> backend.store(TOPIC, step.sender(), step.content());
      }
    }

    var whole = new HandOffs(TOPIC);
    var effects = backend.history(TOPIC).stream().map(whole::apply).toList();
    for (var reader : readers) {
      reader.readOn();
      assertThat(reader.all()).isEqualTo(whole.all());
      assertThat(reader.truncated()).isFalse();
    }
    var fresh = open(backend, new TestSession.Store(), sizes);
    fresh.readOn();
    for (var n = 0; n < effects.size(); n++) {
      assertThat(fresh.effectOf(backend.history(TOPIC).get(n).id())).isEqualTo(effects.get(n));
    }
  }

  @Property
  void nothing_that_is_said_makes_a_reader_fail(
      @ForAll List<String> contents, @ForAll String name) {
    var backend = new MemoryBackend(SELF, false);
    var sender = new Sender(name, null, Sender.Kind.UNVERIFIED);
    contents.forEach(content -> backend.store(TOPIC, sender, content));
    contents.forEach(content -> backend.store(TOPIC, sender, "#handoff ho-1 " + content));
    contents.forEach(content -> backend.store(TOPIC, sender, "#claim ho-" + content));
    var reader = open(backend, new TestSession.Store(), new TopicHandOffs.Sizes(3, 1_000));

    reader.readOn();

    assertThat(reader.all()).hasSize(contents.isEmpty() ? 0 : 1);
  }

  private static TopicHandOffs open(
      MemoryBackend backend, TestSession.Store store, TopicHandOffs.Sizes sizes) {
    return new TopicHandOffs(TOPIC, backend, "memory", store, LONG, sizes);
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    var senders =
        Arbitraries.of(
            Sender.agent(new Handle("planner")),
            Sender.agent(new Handle("coder")),
            Sender.person(new Handle("anna")),
            new Sender("coder", null, Sender.Kind.UNVERIFIED));
    var lines =
        Combinators.combine(
                Arbitraries.of(
                    "#handoff",
                    "#claim",
                    "!CLAIM",
                    "#progress",
                    "#done",
                    "#decline",
                    "#release",
                    "#cancel",
                    "> #claim",
                    "```\n#done",
                    "hello"),
                Arbitraries.of("ho-1", "HO-1", "ho-2", ""),
                Arbitraries.of("", "@coder go", "some\ntext"))
            .as((word, id, text) -> word + " " + id + " " + text);
    return Combinators.combine(
            Arbitraries.integers().between(0, 9), Arbitraries.of(0, 1), senders, lines)
        .as(Step::new)
        .list();
  }
}
