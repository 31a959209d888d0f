package dev.parley.domain.presence;

import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Participants and what they say about themselves. */
final class Peers {

  static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  static final Duration TTL = Duration.ofMinutes(30);
  static final TopicName CTX = new TopicName("ctx");
  static final TopicName OPS = new TopicName("ops");

  private Peers() {}

  static Sender agent(String handle) {
    return Sender.agent(new Handle(handle));
  }

  static Beat hello(String process, Instant at, String... topics) {
    return new Beat(Beat.Kind.HELLO, new ProcessInstance(process), at, following(topics));
  }

  static Beat heartbeat(String process, Instant at, String... topics) {
    return new Beat(Beat.Kind.HEARTBEAT, new ProcessInstance(process), at, following(topics));
  }

  static Beat goodbye(String process, Instant at) {
    return new Beat(Beat.Kind.GOODBYE, new ProcessInstance(process), at, following());
  }

  static Announcement following(String... topics) {
    var names = Stream.of(topics).map(TopicName::new).toList();
    return new Announcement(names, PeerPatterns.NONE, true, false);
  }

  static Announcement withoutPush(TopicName topic, String... patterns) {
    return new Announcement(List.of(topic), new PeerPatterns(List.of(patterns)), false, false);
  }
}
