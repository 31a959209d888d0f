package dev.parley.adapters.outbound.redis;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * What a server says of itself.
 *
 * @param product its name, such as {@code Redis}
 * @param version its version
 * @param mode {@code standalone}, {@code cluster} or {@code sentinel}
 * @param primary whether it takes writes
 */
record Greeting(String product, String version, String mode, boolean primary) {

  private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4}).*");

  /** Reads the reply to {@code HELLO}. */
  static Greeting of(@Nullable Object reply) {
    if (reply instanceof JedisDataException error) {
      throw error;
    }
    var fields = new HashMap<String, String>();
    if (reply instanceof List<?> list) {
      for (var n = 0; n + 1 < list.size(); n += 2) {
        fields.put(Replies.text(list.get(n)), Replies.text(list.get(n + 1)));
      }
    }
    var name = fields.getOrDefault("server", "redis");
    return new Greeting(
        name.isEmpty()
            ? "Redis"
            : name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1),
        fields.getOrDefault("version", ""),
        fields.getOrDefault("mode", "standalone"),
        !fields.getOrDefault("role", "master").equals("replica"));
  }

  /** Whether the server is of this version or a later one. */
  boolean isAtLeast(int major, int minor) {
    var numbers = VERSION.matcher(version);
    if (!numbers.matches()) {
      return true;
    }
    var its = Integer.parseInt(numbers.group(1));
    return its > major || (its == major && Integer.parseInt(numbers.group(2)) >= minor);
  }
}
