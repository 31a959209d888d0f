package dev.parley.adapters.outbound.redis;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/** What a node of a cluster says when it has not got a key; it has carried nothing out then. */
sealed interface Redirection {

  /** Another node has the slot. */
  record Moved(Address to) implements Redirection {}

  /** The slot is on its way to another node, or nobody has it for the moment. */
  record NotNow() implements Redirection {}

  /** It has the key. */
  record None() implements Redirection {}

  Pattern MOVED = Pattern.compile("MOVED \\d+ (.*):(\\d+)");
  List<String> NOT_NOW = List.of("ASK ", "TRYAGAIN", "CLUSTERDOWN", "MASTERDOWN", "READONLY");

  /**
   * Looks for one in the replies to some commands.
   *
   * @param from the node that answered; it leaves its own host out
   */
  static Redirection in(List<@Nullable Object> replies, Address from) {
    for (var reply : replies) {
      if (reply instanceof JedisDataException error) {
        var said = String.valueOf(error.getMessage());
        var moved = MOVED.matcher(said);
        if (moved.matches()) {
          var host = SlotRange.isKnown(moved.group(1)) ? moved.group(1) : from.host();
          return new Moved(new Address(host, Integer.parseInt(moved.group(2))));
        }
        if (NOT_NOW.stream().anyMatch(said::startsWith)) {
          return new NotNow();
        }
      }
    }
    return new None();
  }
}
