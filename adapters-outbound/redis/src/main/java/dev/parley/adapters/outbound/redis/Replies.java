package dev.parley.adapters.outbound.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.RedisInputStream;

/**
 * Reads replies of RESP2 and keeps a bounded part of each: the server has no limit for the size of
 * a reply, and other software may have stored anything. What is left out is marked.
 */
final class Replies {

  private static final int LARGEST_KEPT = 4 * 1_024 * 1_024;
  private static final long MOST_KEPT = 8L * 1_024 * 1_024;
  private static final int WEIGHT_OF_ANY = 32;
  private static final int PIECE = 8_192;

  private final RedisInputStream in;
  private long kept;

  private Replies(RedisInputStream in) {
    this.in = in;
  }

  /** What was left out of a reply: a string of so many bytes. */
  record LeftOut(long bytes) {

    /** Whether it is too large in itself, and not because of what came before it. */
    boolean tooLarge() {
      return bytes > LARGEST_KEPT;
    }
  }

  /** The other side does not speak the protocol. */
  static final class NotRedis extends JedisConnectionException {
    private static final long serialVersionUID = 1L;

    NotRedis() {
      super("an answer that is none of the Redis protocol");
    }
  }

  /**
   * Reads one reply: a long, bytes, null, a list of these, or what was left out; an error within a
   * list is an element, and one on its own is thrown.
   */
  static @Nullable Object read(RedisInputStream in) {
    return new Replies(in).next();
  }

  private @Nullable Object next() {
    return switch (in.readByte()) {
      case '+' -> in.readLineBytes();
      case '-' -> throw new JedisDataException(in.readLine());
      case ':' -> in.readLongCrLf();
      case '$' -> string(in.readLongCrLf());
      case '*' -> list(in.readIntCrLf());
      default -> throw new NotRedis();
    };
  }

  private @Nullable Object string(long length) {
    if (length < 0) {
      return null;
    }
    kept += WEIGHT_OF_ANY;
    if (length > LARGEST_KEPT || kept + length > MOST_KEPT) {
      skip(length);
      return new LeftOut(length);
    }
    kept += length;
    var bytes = new byte[(int) length];
    for (var read = 0; read < bytes.length; ) {
      read += in.read(bytes, read, bytes.length - read);
    }
    endOfLine();
    return bytes;
  }

  private void skip(long length) {
    var piece = new byte[PIECE];
    for (var left = length; left > 0; ) {
      left -= in.read(piece, 0, (int) Math.min(left, PIECE));
    }
    endOfLine();
  }

  private void endOfLine() {
    if (in.readByte() != '\r' || in.readByte() != '\n') {
      throw new NotRedis();
    }
  }

  private @Nullable List<@Nullable Object> list(int length) {
    if (length < 0) {
      return null;
    }
    var elements = new ArrayList<@Nullable Object>(Math.min(length, PIECE));
    for (var n = 0; n < length; n++) {
      try {
        elements.add(next());
      } catch (JedisDataException error) {
        elements.add(error);
      }
    }
    return elements;
  }

  /** The text of a reply that is one; replacement characters for what is no UTF-8. */
  static String text(@Nullable Object reply) {
    return reply instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : "";
  }
}
