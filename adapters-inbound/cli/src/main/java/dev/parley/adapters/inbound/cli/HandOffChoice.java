package dev.parley.adapters.inbound.cli;

import dev.parley.domain.handoff.HandOff;
import dev.parley.domain.handoff.HandOffId;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.inbound.ShowHandOffs;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which hand-off a command is about. */
final class HandOffChoice {

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description = "Its topic; needed when several have this id, or when it is not subscribed.")
  @Nullable String topic;

  @Parameters(index = "0", paramLabel = "ID", description = "The hand-off, such as ho-7q2k4m.")
  String id = "";

  HandOffId id() {
    return new HandOffId(id);
  }

  /** The hand-off itself. */
  HandOff find(ShowHandOffs handOffs) throws HandOffUnknown {
    var found = topic == null ? handOffs.find(id()) : in(new TopicName(topic), handOffs);
    if (found.isEmpty()) {
      throw new HandOffUnknown(
          "no hand-off %s is known in %s; 'parley hand-offs list --all' shows those that are"
              .formatted(id(), topic == null ? "the subscribed topics" : "topic '" + topic + "'"));
    }
    if (found.size() > 1) {
      throw new IllegalArgumentException(
          "hand-off %s is ambiguous; add --topic with one of: %s"
              .formatted(
                  id(),
                  found.stream()
                      .map(one -> one.key().topic().value())
                      .collect(Collectors.joining(", "))));
    }
    return found.getFirst();
  }

  /** The topic, which is looked up when it was not given. */
  TopicName topic(ShowHandOffs handOffs) throws HandOffUnknown {
    return topic == null ? find(handOffs).key().topic() : new TopicName(topic);
  }

  private List<HandOff> in(TopicName name, ShowHandOffs handOffs) {
    return handOffs.list(new ShowHandOffs.Query(name, Set.of(), false)).handOffs().stream()
        .filter(one -> one.key().id().equals(id()))
        .toList();
  }
}
