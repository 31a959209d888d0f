package dev.parley.adapters.outbound.redis;

import dev.parley.adapters.outbound.redis.FollowedStreams.Followed;
import dev.parley.domain.topic.TopicName;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/**
 * A read of many streams at once that blocks until one of them has a new entry. A private stream is
 * among them, so that the read can be woken: unlike CLIENT UNBLOCK, a wake-up by an entry needs no
 * permission of its own, and cannot come too early.
 */
final class BlockingRead {

  private static final int MOST_ENTRIES = 256;
  private static final Duration WAKE_UP_EXPIRES = Duration.ofMinutes(1);

  private final Servers servers;
  private final byte[] stream;
  private final byte[] wakeUps;
  private final long milliseconds;
  private EntryId lastWakeUp = EntryId.ZERO;

  BlockingRead(Servers servers, StreamKeys keys, TopicName beside, Duration atMost) {
    this.servers = servers;
    this.stream = keys.streamOf(beside);
    this.wakeUps = keys.beside(beside, "wake:" + UUID.randomUUID());
    this.milliseconds = atMost.toMillis();
  }

  /** What is new in some streams; null when nothing came in time. */
  @Nullable Object ask(Link link, List<Followed> streams) {
    var read =
        new CommandArguments(Command.XREAD)
            .add("COUNT")
            .add(MOST_ENTRIES)
            .add("BLOCK")
            .add(milliseconds)
            .add("STREAMS")
            .add(wakeUps);
    streams.forEach(each -> read.add(each.key()));
    read.add(lastWakeUp.toString());
    streams.forEach(each -> read.add(each.last().toString()));
    return link.ask(read);
  }

  /** Has the read under way, or the next one, return at once. */
  void wake() {
    servers.send(
        stream,
        List.of(
            new CommandArguments(Command.XADD)
                .add(wakeUps)
                .add("MAXLEN")
                .add(1)
                .add("*")
                .add("wake")
                .add("up"),
            new CommandArguments(Command.PEXPIRE).add(wakeUps).add(WAKE_UP_EXPIRES.toMillis())));
  }

  /** The read brought an entry of some stream, perhaps a wake-up. */
  void returned(@Nullable Object key, EntryId last) {
    if (key instanceof byte[] bytes && Arrays.equals(bytes, wakeUps)) {
      lastWakeUp = last;
    }
  }
}
