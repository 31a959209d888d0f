package dev.parley.adapters.outbound.matrix;

import dev.parley.adapters.outbound.matrix.Homeserver.Call;
import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.NoAnswer;
import dev.parley.domain.message.Mentions;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who is in a room, by the names that a mention can have. */
final class Members {

  private static final long KEPT = Duration.ofSeconds(30).toNanos();
  private static final long KEPT_WITHOUT = Duration.ofSeconds(2).toNanos();

  private final Account account;
  private final Bridges bridges;
  private final Map<String, Known> rooms = new ConcurrentHashMap<>();

  private record Known(Map<String, String> accounts, long readAt) {}

  Members(Account account, Bridges bridges) {
    this.account = account;
    this.bridges = bridges;
  }

  /** The accounts of people in the room whom a text mentions, by name in lower case. */
  Map<String, String> mentioned(Room room, String text, Deadline deadline)
      throws NoAnswer, Refused {
    var names = names(text);
    if (names.isEmpty()) {
      return Map.of();
    }
    var accounts = accounts(room, names, deadline);
    var mentioned = new HashMap<String, String>();
    for (var name : names) {
      var found = accounts.get(name);
      if (found != null && !bridges.include(found)) {
        mentioned.put(name, found);
      }
    }
    return mentioned;
  }

  private static Set<String> names(String text) {
    var names = new HashSet<String>();
    Mentions.rewrite(
        text,
        name -> {
          names.add(Content.lowerCase(name));
          return null;
        });
    return names;
  }

  private Map<String, String> accounts(Room room, Set<String> names, Deadline deadline)
      throws NoAnswer, Refused {
    var known = rooms.get(room.id());
    if (known == null || System.nanoTime() - known.readAt() > keptFor(known, names)) {
      known = new Known(read(room, deadline), System.nanoTime());
      rooms.put(room.id(), known);
    }
    return known.accounts();
  }

  // Whoever is not known may have come in just now.
  private static long keptFor(Known known, Set<String> names) {
    return known.accounts().keySet().containsAll(names) ? KEPT : KEPT_WITHOUT;
  }

  // A name that two people show is nobody's; the part of an id before the colon comes first.
  private Map<String, String> read(Room room, Deadline deadline) throws NoAnswer, Refused {
    var joined = account.ask(Call.get(room.path() + "/joined_members"), deadline).path("joined");
    var shown = new HashMap<String, String>();
    var ids = new HashMap<String, String>();
    var ambiguous = new HashSet<String>();
    for (var member : joined.properties()) {
      var name = Content.lowerCase(member.getValue().path("display_name").asText(""));
      if (shown.put(name, member.getKey()) != null) {
        ambiguous.add(name);
      }
      var id = Content.lowerCase(EventReader.localpart(member.getKey()));
      var other = ids.put(id, member.getKey());
      // Of two servers' users, those of the account's own server are meant.
      if (other != null) {
        ids.put(id, preferred(other, member.getKey()));
      }
    }
    ambiguous.forEach(shown::remove);
    shown.putAll(ids);
    return Map.copyOf(shown);
  }

  private String preferred(String one, String other) {
    var session = account.known();
    return session != null && one.endsWith(":" + session.serverName()) ? one : other;
  }
}
