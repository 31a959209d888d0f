package dev.parley.adapters.outbound.discord;

import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.dv8tion.jda.api.exceptions.ParsingException;
import net.dv8tion.jda.api.requests.Method;
import net.dv8tion.jda.api.requests.Route;
import net.dv8tion.jda.api.utils.data.DataObject;

/** The channels of the topics, looked up once. */
final class Channels {

  // Text, and announcements: what holds messages of its own, in the order of their ids.
  private static final Set<Integer> TEXT = Set.of(0, 5);
  private static final Route GET = Route.custom(Method.GET, "channels/{channel_id}");

  private final DiscordSettings settings;
  private final Rest rest;
  private final Faults faults;
  private final Map<Long, Channel> known = new ConcurrentHashMap<>();

  Channels(DiscordSettings settings, Rest rest, Faults faults) {
    this.settings = settings;
    this.rest = rest;
    this.faults = faults;
  }

  /** The channel of a topic. */
  Channel of(TopicName topic, Deadline deadline) {
    var id = settings.channelOf(topic);
    var channel = known.get(id);
    return channel != null ? channel : learn(topic, id, describe(topic, deadline));
  }

  /** What Discord says of the channel of a topic. */
  DataObject describe(TopicName topic, Deadline deadline) {
    var id = settings.channelOf(topic);
    var answer = rest.get(deadline, GET.compile(Long.toUnsignedString(id)));
    if (!answer.isOk()) {
      throw faults.refused(answer, topic.value(), id);
    }
    return answer.object();
  }

  private Channel learn(TopicName topic, long id, DataObject described) {
    try {
      if (!TEXT.contains(described.getInt("type", -1)) || described.isNull("guild_id")) {
        throw faults.notText(topic.value(), described.getString("name", "?"));
      }
      return known.computeIfAbsent(
          id, _ -> Channel.of(topic, id, described.getUnsignedLong("guild_id")));
    } catch (ParsingException unreadable) {
      throw faults.notDiscord(unreadable);
    }
  }

  /** The channel of a message that the gateway told of; empty when it is no topic's. */
  Optional<Channel> of(DataObject message) {
    var id = message.getUnsignedLong("channel_id");
    var topic = settings.topics().get(id);
    if (topic == null) {
      return Optional.empty();
    }
    var channel = known.get(id);
    if (channel == null && !message.isNull("guild_id")) {
      channel = Channel.of(topic, id, message.getUnsignedLong("guild_id"));
    }
    return Optional.ofNullable(channel);
  }

  /** The servers of all topics whose channel can be seen. */
  Set<Long> guilds(Deadline deadline) {
    var guilds = new java.util.LinkedHashSet<Long>();
    for (var topic : settings.channels().keySet()) {
      try {
        guilds.add(of(topic, deadline).guild());
      } catch (BackendException notThis) {
        if (!Faults.isLasting(notThis)) {
          throw notThis;
        }
      }
    }
    return guilds;
  }
}
