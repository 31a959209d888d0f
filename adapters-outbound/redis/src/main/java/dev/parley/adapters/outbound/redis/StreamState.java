package dev.parley.adapters.outbound.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/**
 * What a stream tells of itself without its entries.
 *
 * @param last the last id given, whether its entry still exists or not; zero for a new stream
 * @param first the id of the oldest entry; zero when there is none
 * @param lastDeleted the last id whose entry was deleted by itself (trimming does not count); null
 *     before Redis 7
 * @param added how many entries it was given in all; negative before Redis 7
 * @param length how many it has
 */
record StreamState(
    boolean exists,
    EntryId last,
    EntryId first,
    @Nullable EntryId lastDeleted,
    long added,
    long length) {

  // XINFO itself would send the first and the last entry whole with each page.
  private static final byte[] SCRIPT =
      """
      if redis.call('EXISTS', KEYS[1]) == 0 then return {} end
      local info, of = redis.call('XINFO', 'STREAM', KEYS[1]), {}
      for i = 1, #info, 2 do of[info[i]] = info[i + 1] end
      return {of['last-generated-id'], of['first-entry'] and of['first-entry'][1] or '0-0',
        of['max-deleted-entry-id'] or '', of['entries-added'] or -1, of['length']}
      """
          .getBytes(StandardCharsets.US_ASCII);

  static final StreamState MISSING = new StreamState(false, EntryId.ZERO, EntryId.ZERO, null, 0, 0);

  /** Asks for the state of a stream. */
  static CommandArguments ask(byte[] stream) {
    return new CommandArguments(Command.EVAL).add(SCRIPT).add(1).add(stream);
  }

  /** Reads the reply. */
  static StreamState of(@Nullable Object reply) {
    if (!(reply instanceof List<?> fields) || fields.size() < 5) {
      return MISSING;
    }
    return new StreamState(
        true,
        EntryId.of((byte[]) fields.get(0)),
        EntryId.of((byte[]) fields.get(1)),
        EntryId.parse(Replies.text(fields.get(2))),
        (Long) fields.get(3),
        (Long) fields.get(4));
  }

  /** Whether an entry and all before it are gone. */
  boolean beginsAfter(EntryId id) {
    return length == 0 || first.compareTo(id) > 0;
  }

  /**
   * Whether something is known to be missing for who has read up to an entry.
   *
   * @param present whether that entry still exists
   */
  boolean isGapAfter(EntryId read, boolean present) {
    if (read.equals(EntryId.ZERO)) {
      return added > length;
    }
    if (present || (read.equals(last) && length == 0)) {
      return false;
    }
    return beginsAfter(read) || isLost(read);
  }

  /**
   * Whether an entry that does not exist was neither trimmed nor deleted: this stream never had it,
   * or has lost it in a fail-over. Before Redis 7 an entry between others counts as deleted.
   */
  boolean isLost(EntryId absent) {
    if (!exists || absent.compareTo(last) > 0) {
      return true;
    }
    var deleted = lastDeleted == null || absent.compareTo(lastDeleted) <= 0;
    return !beginsAfter(absent) && !deleted;
  }
}
