package dev.parley.adapters.outbound.redis;

import dev.parley.adapters.outbound.support.SharedLayout;
import dev.parley.adapters.outbound.support.Timestamps;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.IdempotencyKey;
import dev.parley.domain.message.MessageId;
import dev.parley.ports.outbound.Self;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/** Adds drafts to streams, in the fields that other bridges read. */
final class Posts {

  /** How long a key makes a post repeatable. */
  static final Duration REPEATABLE = Duration.ofHours(24);

  private static final byte[] ANY_ID = {'*'};

  // What may be refused comes before what stores the message.
  private static final byte[] STORE_ONCE =
      """
      local stored = redis.call('GET', KEYS[2])
      if stored and stored ~= '' then return stored end
      redis.call('SET', KEYS[2], '', 'PX', ARGV[1])
      local id = redis.call('XADD', KEYS[1], unpack(ARGV, 2))
      redis.call('SET', KEYS[2], id, 'PX', ARGV[1])
      return id
      """
          .getBytes(StandardCharsets.US_ASCII);

  private final Servers servers;
  private final StreamKeys keys;
  private final Self self;
  private final Faults faults;
  private final int waitReplicas;

  Posts(Servers servers, StreamKeys keys, Self self, Faults faults, int waitReplicas) {
    this.servers = servers;
    this.keys = keys;
    this.self = self;
    this.faults = faults;
    this.waitReplicas = waitReplicas;
  }

  MessageId post(Draft draft) {
    var stream = keys.streamOf(draft.topic());
    var key = draft.key();
    var replies =
        servers.write(
            stream, List.of(key == null ? add(stream, draft) : addOnce(stream, draft, key)));
    var id = replies.getFirst();
    if (id instanceof JedisDataException error) {
      throw faults.refused(error);
    }
    if (waitReplicas > 0
        && !(replies.getLast() instanceof Long confirmed && confirmed >= waitReplicas)) {
      throw Faults.unconfirmed(replies.getLast() instanceof Long some ? some : 0, waitReplicas);
    }
    return new MessageId(Replies.text(id));
  }

  private CommandArguments add(byte[] stream, Draft draft) {
    return addEntry(new CommandArguments(Command.XADD).add(stream), draft);
  }

  private CommandArguments addOnce(byte[] stream, Draft draft, IdempotencyKey key) {
    var noted = keys.beside(draft.topic(), "key:" + self.handle() + ":" + key);
    var script =
        new CommandArguments(Command.EVAL)
            .add(STORE_ONCE)
            .add(2)
            .add(stream)
            .add(noted)
            .add(REPEATABLE.toMillis());
    return addEntry(script, draft);
  }

  private CommandArguments addEntry(CommandArguments command, Draft draft) {
    var parent = draft.parent();
    command
        .add(ANY_ID)
        .add(Entries.SENDER)
        .add(self.handle().value())
        .add(Entries.CONTENT)
        .add(draft.content())
        .add(Entries.TS)
        .add(Timestamps.format(Instant.now()))
        .add(Entries.IN_REPLY_TO)
        .add(parent == null ? "" : parent.value());
    var kind = SharedLayout.storedKind(self.kind());
    return kind == null ? command : command.add(Entries.KIND).add(kind);
  }
}
