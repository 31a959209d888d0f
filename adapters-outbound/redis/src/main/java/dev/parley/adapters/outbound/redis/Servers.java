package dev.parley.adapters.outbound.redis;

import dev.parley.ports.BackendException;
import dev.parley.ports.BackendException.Unavailable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;

/** The servers of one store: which of them has a key, and the connections to it. */
interface Servers extends AutoCloseable {

  /** What a connection is used for, so that a large page holds up no post. */
  enum Use {
    POSTS("posts"),
    PAGES("pages");

    private final String words;

    Use(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /** Begins to connect. */
  void start();

  /** Carries commands out at the server that has the key; waits for the request timeout at most. */
  Request.Outcome exchange(Use use, byte[] key, List<CommandArguments> commands);

  /** Sends commands to the server that has the key and waits for nothing. */
  void send(byte[] key, List<CommandArguments> commands);

  /** A connection of its own to the server that has the key. */
  Link connectFor(byte[] key);

  /**
   * Which keys one command may name together: those with the same answer. In a cluster that is the
   * slot, even where one node has several; otherwise it is negative and the same for all.
   */
  int groupOf(byte[] key);

  /** What blocking reads run on. */
  Thread.Builder liveThreads();

  /** Does what waits, and ends the connections. */
  @Override
  void close();

  /** The replies to commands that change nothing; an error is an element. */
  default List<@Nullable Object> read(byte[] key, List<CommandArguments> commands) {
    return exchange(Use.PAGES, key, commands).replies();
  }

  /**
   * The replies to commands that store something; an error is an element.
   *
   * @throws Unavailable when nothing was sent
   */
  default List<@Nullable Object> write(byte[] key, List<CommandArguments> commands) {
    var outcome = exchange(Use.POSTS, key, commands);
    if (outcome instanceof Request.Outcome.Unknown(BackendException fault)) {
      throw Faults.unknown(fault);
    }
    return outcome.replies();
  }
}
