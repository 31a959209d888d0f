package dev.parley.adapters.outbound.redis;

import dev.parley.adapters.outbound.support.StoreCursors;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * The identity of the store: a random text under a key of its own, so that a server that was
 * flushed or replaced is recognised. Whoever finds none there makes one. In a cluster each slot has
 * its own, so that no topic depends on another node than its own.
 */
final class Store {

  private static final Pattern FORM = Pattern.compile("[0-9A-Za-z]{1,64}");
  private static final String NONE = "0";

  private final Servers servers;
  private final StreamKeys keys;
  private final String place;
  private final Faults faults;
  private final Map<Integer, Identity> known = new ConcurrentHashMap<>();
  private final AtomicInteger connections = new AtomicInteger();

  /** What was found, and after how many connections had been opened. */
  private record Identity(String epoch, StoreCursors cursors, int confirmed) {}

  Store(Servers servers, StreamKeys keys, String place, Faults faults) {
    this.servers = servers;
    this.keys = keys;
    this.place = place;
    this.faults = faults;
  }

  /** The cursors of a stream; asks the server if it is not known which store it is. */
  StoreCursors cursorsOf(byte[] stream) {
    var identity = known.get(servers.groupOf(stream));
    return identity != null && identity.confirmed() == connections.get()
        ? identity.cursors()
        : identify(stream);
  }

  /** Asks the server again; the same object as before when it is the same store. */
  StoreCursors identify(byte[] stream) {
    var group = servers.groupOf(stream);
    var opened = connections.get();
    var before = known.get(group);
    var epoch = ask(keys.store(group));
    var cursors =
        before != null && before.epoch().equals(epoch)
            ? before.cursors()
            : new StoreCursors("redis", place, epoch);
    known.put(group, new Identity(epoch, cursors, opened));
    return cursors;
  }

  private String ask(byte[] key) {
    var random = new byte[8];
    ThreadLocalRandom.current().nextBytes(random);
    var replies =
        servers.read(
            key,
            List.of(
                new CommandArguments(Command.SET)
                    .add(key)
                    .add(HexFormat.of().formatHex(random))
                    .add("NX"),
                new CommandArguments(Command.GET).add(key)));
    for (var reply : replies) {
      if (reply instanceof JedisDataException error) {
        throw faults.refused(error);
      }
    }
    var epoch = Replies.text(replies.getLast());
    return FORM.matcher(epoch).matches() ? epoch : NONE;
  }

  /** Another connection was opened: what is behind it has to be asked again. */
  void doubt() {
    connections.incrementAndGet();
  }
}
