package dev.parley.adapters.outbound.redis;

import dev.parley.adapters.outbound.support.StoreCursors;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * The identity of the store: a random text under a key of its own, so that a server that was
 * flushed or replaced is recognised. Whoever finds none there makes one.
 */
final class Store {

  private static final Pattern FORM = Pattern.compile("[0-9A-Za-z]{1,64}");

  private final Servers servers;
  private final byte[] key;
  private final String place;
  private final Faults faults;
  private volatile @Nullable Identity known;
  private volatile boolean confirmed;

  private record Identity(String epoch, StoreCursors cursors) {}

  Store(Servers servers, StreamKeys keys, String place, Faults faults) {
    this.servers = servers;
    this.key = keys.store();
    this.place = place;
    this.faults = faults;
  }

  /** The cursors of the store; asks the server if it is not known which one it is. */
  StoreCursors cursors() {
    var identity = known;
    return identity != null && confirmed ? identity.cursors() : identify();
  }

  /** Asks the server again; the same object as before when it is the same store. */
  StoreCursors identify() {
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
    var identity = known;
    if (identity == null || !identity.epoch().equals(epoch)) {
      identity =
          new Identity(
              epoch, new StoreCursors("redis", place, FORM.matcher(epoch).matches() ? epoch : "0"));
      known = identity;
    }
    confirmed = true;
    return identity.cursors();
  }

  /** Another connection was opened: what is behind it has to be asked again. */
  void doubt() {
    confirmed = false;
  }
}
