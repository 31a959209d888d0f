package dev.parley.adapters.outbound.redis;

import dev.parley.ports.outbound.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/** Does with a scratch key what Parley does with topics, and looks at the keys that are there. */
final class Trial {

  private static final int MOST_KEYS = 1_000;

  private final Link link;
  private final String where;
  private final RedisSettings settings;
  private final Faults faults;

  Trial(Link link, String where, RedisSettings settings, Faults faults) {
    this.link = link;
    this.where = where;
    this.settings = settings;
    this.faults = faults;
  }

  /**
   * Tries it on one server.
   *
   * @param slot a slot that a node of a cluster has
   */
  void on(List<Finding> findings, int slot) {
    var refusal = firstRefusal(slot);
    if (refusal == null) {
      findings.add(
          Finding.ok(
              "permissions" + where, "%s may do all that is needed".formatted(settings.login())));
    } else {
      findings.add(
          Finding.problem(
              "permissions" + where,
              String.valueOf(faults.refused(refusal, link.address()).getMessage()),
              "put that right and run `parley doctor` again"));
    }
    checkTypes(findings);
  }

  private @Nullable JedisDataException firstRefusal(int slot) {
    var keys = new StreamKeys(settings.keyPrefix());
    var scratch = keys.inSlot(slot, "doctor:" + UUID.randomUUID());
    var noted = keys.inSlot(slot, "doctor-key:" + UUID.randomUUID());
    var script =
        "redis.call('GET', KEYS[2]) redis.call('SET', KEYS[2], '', 'PX', 1)"
            + " return redis.call('XADD', KEYS[1], '*', 'a', 'b')";
    return link
        .ask(
            List.of(
                new CommandArguments(Command.XADD).add(scratch).add("*").add("a").add("b"),
                new CommandArguments(Command.PEXPIRE)
                    .add(scratch)
                    .add(TimeUnit.MINUTES.toMillis(1)),
                new CommandArguments(Command.EVAL).add(script).add(2).add(scratch).add(noted),
                new CommandArguments(Command.MULTI),
                StreamState.ask(scratch),
                new CommandArguments(Command.XRANGE).add(scratch).add("-").add("+"),
                new CommandArguments(Command.XREVRANGE).add(scratch).add("+").add("-"),
                new CommandArguments(Command.EXEC),
                new CommandArguments(Command.XREAD).add("STREAMS").add(scratch).add("0"),
                new CommandArguments(Command.XTRIM).add(scratch).add("MAXLEN").add(1)))
        .stream()
        .filter(JedisDataException.class::isInstance)
        .map(JedisDataException.class::cast)
        .findFirst()
        .orElse(null);
  }

  private void checkTypes(List<Finding> findings) {
    var others = new ArrayList<String>();
    for (var key : someKeys()) {
      if (!Replies.text(link.ask(new CommandArguments(Command.TYPE).add(key))).equals("stream")) {
        others.add(Replies.text(key));
      }
    }
    if (!others.isEmpty()) {
      findings.add(
          Finding.problem(
              "keys" + where,
              "%d keys that begin with key_prefix hold something else than a stream, such as %s"
                  .formatted(others.size(), others.getFirst()),
              "choose another key_prefix, or remove them"));
    }
  }

  /** Some keys of topics, if this user may look for them. */
  private List<byte[]> someKeys() {
    var found = new ArrayList<byte[]>();
    var cursor = "0";
    var looked = 0;
    do {
      List<?> reply;
      try {
        reply =
            (List<?>)
                link.ask(
                    new CommandArguments(Command.SCAN)
                        .add(cursor)
                        .add("MATCH")
                        .add(
                            settings.keyPrefix().replaceAll("([\\[\\]*?\\\\])", "\\\\$1") + "[^ ]*")
                        .add("COUNT")
                        .add(MOST_KEYS));
      } catch (JedisDataException notAllowed) {
        return found;
      }
      if (reply == null || !(reply.getLast() instanceof List<?> keys)) {
        return found;
      }
      keys.forEach(key -> found.add((byte[]) key));
      cursor = Replies.text(reply.getFirst());
      looked++;
    } while (!cursor.equals("0") && looked < 10 && found.size() < MOST_KEYS);
    return found;
  }
}
