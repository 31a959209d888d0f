package dev.parley.adapters.outbound.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.domain.participant.Handle;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The people of the workspace: by which handle a member goes, and the member behind a handle. Who
 * is read is asked for one by one; the whole list only when somebody is mentioned.
 */
final class People {

  private static final long KEPT = Duration.ofMinutes(30).toNanos();
  private static final long LIST_KEPT = Duration.ofMinutes(10).toNanos();
  private static final int PAGE = 200;
  private static final int MOST_PAGES = 25;

  private record Known(String handle, long since) {
    boolean isFresh(long kept) {
      return System.nanoTime() - since < kept;
    }
  }

  /** The members by handle in lower case; one whom several share names nobody. */
  private record Directory(Map<String, Optional<String>> ids, long since) {}

  private final WebApi api;
  private final Map<String, Known> handles = new ConcurrentHashMap<>();
  private volatile @Nullable Directory directory;

  People(WebApi api) {
    this.api = api;
  }

  /** The handle of a member; the id itself when Slack does not tell. */
  String handleOf(String id, Deadline deadline) {
    var known = handles.get(id);
    if (known != null && known.isFresh(KEPT)) {
      return known.handle();
    }
    try {
      var answer = api.ask("users.info", Map.of("user", id), deadline);
      return learn(id, answer.path("user"));
    } catch (ApiError _) {
      return learn(id, null);
    }
  }

  private String learn(String id, @Nullable JsonNode user) {
    var handle = user == null ? id : handleIn(user, id);
    handles.put(id, new Known(handle, System.nanoTime()));
    return handle;
  }

  private static String handleIn(JsonNode user, String id) {
    var shown = user.path("profile").path("display_name").asText("");
    if (Handle.isHandle(shown)) {
      return shown;
    }
    var name = user.path("name").asText("");
    return Handle.isHandle(name) ? name : id;
  }

  /** The member who goes by a handle, whatever its case; null for nobody, or for several. */
  @Nullable String idOf(String handle, Deadline deadline) {
    var known = directory;
    if (known == null || System.nanoTime() - known.since() > LIST_KEPT) {
      known = new Directory(list(deadline), System.nanoTime());
      directory = known;
    }
    return known.ids().getOrDefault(handle.toLowerCase(Locale.ROOT), Optional.empty()).orElse(null);
  }

  private Map<String, Optional<String>> list(Deadline deadline) {
    var ids = new HashMap<String, Optional<String>>();
    var cursor = "";
    try {
      for (var page = 0; page < MOST_PAGES; page++) {
        var answer =
            api.ask(
                "users.list", Map.of("limit", Integer.toString(PAGE), "cursor", cursor), deadline);
        answer.path("members").forEach(user -> enter(user, ids));
        cursor = answer.path("response_metadata").path("next_cursor").asText("");
        if (cursor.isEmpty()) {
          break;
        }
      }
    } catch (ApiError _) {
      // Without the scope users:read nobody can be mentioned; doctor says so.
    }
    return ids;
  }

  private void enter(JsonNode user, Map<String, Optional<String>> ids) {
    var id = user.path("id").asText("");
    if (id.isEmpty() || user.path("is_bot").asBoolean() || user.path("deleted").asBoolean()) {
      return;
    }
    var handle = learn(id, user).toLowerCase(Locale.ROOT);
    ids.merge(handle, Optional.of(id), (one, other) -> Optional.empty());
  }
}
