package dev.parley.adapters.outbound.zulip;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.NoAnswer;
import dev.parley.domain.message.Mentions;
import dev.parley.domain.participant.Handle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of the organization. Zulip gives all at once only, so they are fetched when somebody
 * is met or mentioned who is not known, but not more than once in a while.
 */
final class People {

  private static final Duration RENEWED_AFTER = Duration.ofSeconds(30);

  /** An account of a person or a bot. */
  record Account(long id, String fullName, boolean bot, boolean active) {

    static Account of(JsonNode member) {
      return new Account(
          member.path("user_id").asLong(),
          member.path("full_name").asText(),
          member.path("is_bot").asBoolean(),
          member.path("is_active").asBoolean(true));
    }

    String handle() {
      return MentionNames.handle(fullName, id);
    }
  }

  private final ZulipApi api;
  private final ReentrantLock fetching = new ReentrantLock();
  private volatile Map<Long, Account> byId = Map.of();
  private volatile Map<String, List<Account>> byHandle = Map.of();
  private volatile @Nullable Long fetchedAt;

  People(ZulipApi api) {
    this.api = api;
  }

  /** The account of this id, if the bot may see it. */
  Optional<Account> find(long id, Deadline deadline) throws NoAnswer, Refusal {
    if (!byId.containsKey(id)) {
      fetch(deadline);
    }
    return Optional.ofNullable(byId.get(id));
  }

  /** The only active person of this handle, whatever its case. */
  Optional<Account> find(Handle handle, Deadline deadline) throws NoAnswer, Refusal {
    if (!byHandle.containsKey(key(handle.value()))) {
      fetch(deadline);
    }
    return only(handle.value());
  }

  /** The content with mentions of people that are native ones, which notify them. */
  String withNativeMentions(String content, Deadline deadline) throws NoAnswer, Refusal {
    var unknown = new ArrayList<String>();
    var _ =
        Mentions.rewrite(
            content,
            name -> {
              if (!byHandle.containsKey(key(name))) {
                unknown.add(name);
              }
              return null;
            });
    if (!unknown.isEmpty()) {
      fetch(deadline);
    }
    return MentionNames.withoutVain(
        Mentions.rewrite(content, name -> only(name).map(who -> mention(who, name)).orElse(null)));
  }

  /** The native mention that reads back as this name; null when there is none. */
  private static @Nullable String mention(Account who, String name) {
    var exact = MentionNames.mention(who.fullName(), who.id());
    // By the name alone, Zulip does not mind the case.
    var small = "@**%s**".formatted(who.fullName().toLowerCase(Locale.ROOT));
    return Stream.of(exact, small)
        .filter(mention -> MentionNames.read(mention).equals("@" + name))
        .findFirst()
        .orElse(null);
  }

  private Optional<Account> only(String handle) {
    var accounts = byHandle.getOrDefault(key(handle), List.of());
    return accounts.size() == 1 && !accounts.getFirst().bot()
        ? Optional.of(accounts.getFirst())
        : Optional.empty();
  }

  private void fetch(Deadline deadline) throws NoAnswer, Refusal {
    fetching.lock();
    try {
      var before = fetchedAt;
      if (before != null && System.nanoTime() - before < RENEWED_AFTER.toNanos()) {
        return;
      }
      var answer = api.get("/users", Map.of("client_gravatar", "true"), deadline.left());
      var ids = new HashMap<Long, Account>();
      var handles = new HashMap<String, List<Account>>();
      for (var member : answer.body().path("members")) {
        var account = Account.of(member);
        ids.put(account.id(), account);
        if (account.active()) {
          handles.computeIfAbsent(key(account.handle()), _ -> new ArrayList<>()).add(account);
        }
      }
      byId = Map.copyOf(ids);
      byHandle = Map.copyOf(handles);
      fetchedAt = System.nanoTime();
    } finally {
      fetching.unlock();
    }
  }

  private static String key(String handle) {
    return handle.toLowerCase(Locale.ROOT);
  }
}
