package dev.parley.adapters.outbound.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.presence.Announcement;
import dev.parley.domain.presence.Beat;
import dev.parley.domain.presence.Beat.Kind;
import dev.parley.domain.presence.PeerPatterns;
import dev.parley.domain.presence.ProcessInstance;
import dev.parley.domain.presence.Roster;
import dev.parley.domain.topic.TopicName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JsonBeatsProperties {

  private static final Instant NOW = Instant.ofEpochMilli(1_790_000_000_000L);
  private static final Sender BOB = Sender.agent(new Handle("bob"));
  private static final Sender MALLORY = Sender.agent(new Handle("mallory"));

  private final JsonBeats wire = new JsonBeats();

  @Property
  void what_is_written_reads_back_as_it_was(@ForAll("beats") Beat beat) {
    assertThat(wire.read(wire.write(beat))).contains(beat);
  }

  /** Whatever a stranger writes, in whatever order: reading ends well, and only they change. */
  @Property
  void nobody_changes_anybody_else(@ForAll("hostile") List<String> contents) {
    var roster = new Roster(Duration.ofMinutes(30));
    roster.beat(BOB, hello(), NOW);
    var before = roster.entries(NOW).getFirst();
    for (var content : contents) {
      wire.read(content).ifPresent(beat -> roster.beat(MALLORY, beat, NOW));
    }

    assertThat(roster.entries(NOW)).contains(before);
    assertThat(roster.entries(NOW))
        .allMatch(entry -> List.of("bob", "mallory").contains(entry.handle()));
  }

  private static Beat hello() {
    var said = new Announcement(List.of(new TopicName("ctx")), PeerPatterns.NONE, true, false);
    return new Beat(Kind.HELLO, new ProcessInstance("process of bob"), NOW, said);
  }

  @Provide
  Arbitrary<Beat> beats() {
    var topics =
        Arbitraries.strings()
            .ofMinLength(1)
            .ofMaxLength(20)
            .filter(JsonBeatsProperties::isTopic)
            .map(TopicName::new)
            .list()
            .ofMaxSize(5);
    var patterns = Arbitraries.strings().ascii().ofMinLength(1).ofMaxLength(20).list().ofMaxSize(5);
    return Combinators.combine(
            Arbitraries.of(Kind.class),
            Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(36),
            Arbitraries.longs().between(0, 4_000_000_000_000L),
            topics,
            patterns,
            Arbitraries.of(true, false),
            Arbitraries.of(true, false))
        .as((kind, process, at, names, expressions, push, more) ->
            new Beat(
                kind,
                new ProcessInstance(process),
                Instant.ofEpochMilli(at),
                new Announcement(names, new PeerPatterns(expressions), push, more)));
  }

  /** Beats with pieces of others and of nonsense in them, or cut off. */
  @Provide
  Arbitrary<List<String>> hostile() {
    var pieces =
        Arbitraries.of(
            "\"process of bob\"",
            "null",
            "[",
            "]",
            "{",
            "}",
            ",",
            ":",
            "\"",
            "\\u0000",
            "-1",
            "1e999",
            "\ud83d",
            "\"instanceId\":\"process of bob\"",
            "\"kind\":\"goodbye\"",
            "\"v\":3",
            "\"topics\":[[]]",
            "\"at\":9223372036854775807");
    return Combinators.combine(
            beats().map(wire::write),
            Arbitraries.integers().between(0, 200),
            Arbitraries.integers().between(0, 60),
            pieces.list().ofMaxSize(4))
        .as(JsonBeatsProperties::spoilt)
        .list()
        .ofMaxSize(8);
  }

  private static String spoilt(String beat, int at, int left, List<String> pieces) {
    var from = Math.min(at, beat.length());
    var to = Math.min(from + left, beat.length());
    return beat.substring(0, from) + String.join("", pieces) + beat.substring(to);
  }

  private static boolean isTopic(String text) {
    try {
      return !new TopicName(text).value().isEmpty();
    } catch (IllegalArgumentException noTopic) {
      return false;
    }
  }
}
