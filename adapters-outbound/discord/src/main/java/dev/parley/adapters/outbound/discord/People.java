package dev.parley.adapters.outbound.discord;

import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.ports.BackendException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import net.dv8tion.jda.api.exceptions.ParsingException;
import net.dv8tion.jda.api.requests.Method;
import net.dv8tion.jda.api.requests.Route;
import net.dv8tion.jda.api.utils.data.DataObject;

/** Which account is behind a user name, as far as the bot has met it or can look it up. */
final class People {

  // As Discord allows them since 2023; a name without an account is asked for once a minute.
  private static final Pattern USER_NAME = Pattern.compile("[a-z0-9._]{2,32}");
  private static final long NOBODY = 0;
  private static final long NOBODY_FOR_NANOS = Duration.ofMinutes(1).toNanos();
  private static final int MOST_KNOWN = 10_000;
  private static final Route SEARCH = Route.custom(Method.GET, "guilds/{guild_id}/members/search");

  private record Found(long id, long at) {
    boolean isFresh() {
      return id != NOBODY || System.nanoTime() - at < NOBODY_FOR_NANOS;
    }
  }

  private final Rest rest;
  private final Map<String, Found> byName = bounded();
  private final Map<Long, String> byId = bounded();

  People(Rest rest) {
    this.rest = rest;
  }

  private static <K, V> Map<K, V> bounded() {
    return Collections.synchronizedMap(
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > MOST_KNOWN;
          }
        });
  }

  /** Remembers a user that a message told of; bots are nobody to be mentioned. */
  void meet(DataObject user) {
    var name = user.getString("username", "");
    if (!name.isBlank() && !user.getBoolean("bot", false)) {
      var id = user.getUnsignedLong("id");
      byId.put(id, name);
      byName.put(name.toLowerCase(Locale.ROOT), new Found(id, System.nanoTime()));
    }
  }

  /** The user name of an account that was met. */
  Optional<String> nameOf(long id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The account of a user name on one of these servers. */
  Optional<Long> idOf(String name, Set<Long> guilds, Deadline deadline) {
    var lower = name.toLowerCase(Locale.ROOT);
    if (!USER_NAME.matcher(lower).matches()) {
      return Optional.empty();
    }
    var found = byName.get(lower);
    if (found == null || !found.isFresh()) {
      for (var guild : guilds) {
        lookUp(lower, guild, deadline);
      }
      found = byName.computeIfAbsent(lower, _ -> new Found(NOBODY, System.nanoTime()));
      if (!found.isFresh()) {
        found = new Found(NOBODY, System.nanoTime());
        byName.put(lower, found);
      }
    }
    return Optional.of(found.id()).filter(id -> id != NOBODY);
  }

  private void lookUp(String name, long guild, Deadline deadline) {
    var route =
        SEARCH.compile(Long.toUnsignedString(guild)).withQueryParams("query", name, "limit", "10");
    try {
      var answer = rest.get(deadline, route);
      if (answer.isOk()) {
        answer.array().stream((all, n) -> all.getObject(n).getObject("user")).forEach(this::meet);
      }
    } catch (BackendException | ParsingException unknown) {
      // Nobody is mentioned, then; the message is what matters.
      return;
    }
  }
}
