package dev.parley.adapters.inbound.stdio;

import dev.parley.domain.topic.TopicName;
import dev.parley.ports.inbound.CatchUp.Backlog;
import dev.parley.ports.inbound.Follow;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what is followed into channel events. */
final class ChannelPush implements Follow.Listener {

  private static final Logger LOG = LoggerFactory.getLogger(ChannelPush.class);
  private static final int NAMED_TOPICS = 20;

  private final Consumer<ChannelEvent> client;
  private final Set<TopicName> interrupted = ConcurrentHashMap.newKeySet();

  ChannelPush(Consumer<ChannelEvent> client) {
    this.client = client;
  }

  @Override
  public void message(Follow.Pushed pushed) {
    interrupted.remove(pushed.message().topic());
    client.accept(ChannelEvent.of(pushed));
  }

  @Override
  public void heldBack(Map<TopicName, Integer> counts) {
    var topics =
        counts.entrySet().stream()
            .limit(NAMED_TOPICS)
            .map(entry -> "%d in '%s'".formatted(entry.getValue(), entry.getKey()))
            .collect(Collectors.joining(", "));
    client.accept(
        ChannelEvent.notice(
            "held_back",
            "Too many messages to push in the last minute; held back: %s%s. Call parley_catch_up to read them."
                .formatted(topics, counts.size() > NAMED_TOPICS ? " and in further topics" : "")));
  }

  @Override
  public void gap(TopicName topic) {
    client.accept(
        ChannelEvent.notice(
            "gap",
            "Messages in topic '%s' may be gone or were not pushed. Call parley_catch_up to read what there is."
                .formatted(topic)));
  }

  @Override
  public void interrupted(TopicName topic, String why) {
    if (interrupted.add(topic)) {
      LOG.warn("Live push of topic '{}' is interrupted and comes back by itself: {}", topic, why);
    }
  }

  /** Says how much was unread when the session started; says nothing when nothing was. */
  void backlog(List<Backlog> backlogs) {
    if (backlogs.isEmpty()) {
      return;
    }
    var topics =
        backlogs.stream()
            .limit(NAMED_TOPICS)
            .map(b -> "%d%s in '%s'".formatted(b.count(), b.more() ? "+" : "", b.topic()))
            .collect(Collectors.joining(", "));
    client.accept(
        ChannelEvent.notice(
            "unread",
            "Unread messages are waiting: %s%s. Call parley_catch_up to read them."
                .formatted(
                    topics, backlogs.size() > NAMED_TOPICS ? " and in further topics" : "")));
  }
}
