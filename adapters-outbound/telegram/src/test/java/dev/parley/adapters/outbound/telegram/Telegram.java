package dev.parley.adapters.outbound.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A double of Telegram: accounts, groups, messages, and who is told of what. Bots are never told
 * what bots say, themselves included, nor that anything was deleted; a bot in privacy mode is told
 * of little more than what is addressed to it.
 */
final class Telegram {

  static final int LONGEST_TEXT = 4_096;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern MENTION = Pattern.compile("(?<![\\w@])@([A-Za-z0-9_]{4,32})");
  private static final Pattern LINK = Pattern.compile("https?://\\S+");

  private final Map<String, BotAccount> bots = new ConcurrentHashMap<>();
  private final Map<Long, Group> groups = new ConcurrentHashMap<>();
  private final Map<Long, Account> accounts = new ConcurrentHashMap<>();
  private final Map<Long, AtomicInteger> notifications = new ConcurrentHashMap<>();
  private final AtomicInteger previews = new AtomicInteger();
  private final AtomicLong ids = new AtomicLong(5_000_000);

  BotAccount newBot() {
    var id = ids.incrementAndGet();
    var account = new Account(id, "Bridge " + id, "bridge_%d_bot".formatted(id), true);
    accounts.put(id, account);
    var bot = new BotAccount(account, "%d:AAdouble-%035d".formatted(id, id));
    bots.put(bot.token, bot);
    return bot;
  }

  Account newPerson(String firstName, @Nullable String username) {
    var account = new Account(ids.incrementAndGet(), firstName, username, false);
    accounts.put(account.id(), account);
    return account;
  }

  Group newGroup(String title, boolean supergroup) {
    var number = ids.incrementAndGet();
    var id = supergroup ? -1_000_000_000_000L - number : -number;
    var group = new Group(id, title, supergroup);
    groups.put(id, group);
    return group;
  }

  Optional<BotAccount> botOf(String token) {
    return Optional.ofNullable(bots.get(token));
  }

  Iterable<BotAccount> bots() {
    return bots.values();
  }

  @Nullable Group group(long id) {
    return groups.get(id);
  }

  @Nullable Account account(long id) {
    return accounts.get(id);
  }

  int notificationsOf(Account account) {
    var count = notifications.get(account.id());
    return count == null ? 0 : count.get();
  }

  int previews() {
    return previews.get();
  }

  /** Somebody joins, which everybody is told. */
  void join(Group group, Account account, String status) {
    synchronized (group) {
      group.members.put(account.id(), status);
      var event = message(group, account);
      event.putArray("new_chat_members").add(account.json());
      tell(group, event, true);
    }
  }

  /** Somebody says something, in whatever form. */
  ObjectNode say(Group group, Account author, Consumer<ObjectNode> what) {
    synchronized (group) {
      var message = message(group, author);
      what.accept(message);
      markUp(group, message);
      group.messages.put(message.path("message_id").asInt(), message);
      if (!author.bot()) {
        tell(group, message, false);
      }
      return message;
    }
  }

  /** A bot posts a text, with the entities it gives. */
  ObjectNode post(
      Group group,
      Account bot,
      String text,
      @Nullable JsonNode entities,
      boolean preview,
      @Nullable ObjectNode parent) {
    var message =
        say(
            group,
            bot,
            m -> {
              m.put("text", text);
              if (parent != null) {
                var inner = parent.deepCopy();
                inner.remove("reply_to_message");
                m.set("reply_to_message", inner);
              }
              if (entities != null) {
                m.set("entities", entities.deepCopy());
              }
            });
    if (preview && LINK.matcher(text).find()) {
      previews.incrementAndGet();
    }
    return message;
  }

  /** The author changes a text; bots are told if a person did. */
  void edit(Group group, ObjectNode message, String text) {
    synchronized (group) {
      message.put("text", text).put("edit_date", Instant.now().getEpochSecond());
      message.remove("entities");
      markUp(group, message);
      if (!message.path("from").path("is_bot").asBoolean()) {
        tell(group, "edited_message", message, false);
      }
    }
  }

  /** An event that nobody said. */
  void event(Group group, Account by, Consumer<ObjectNode> what) {
    synchronized (group) {
      var event = message(group, by);
      what.accept(event);
      tell(group, event, true);
    }
  }

  /** A group becomes a supergroup, under another id. */
  Group upgrade(Group group, Account by) {
    var to = newGroup(group.title, true);
    to.members.putAll(group.members);
    group.movedTo = to.id;
    event(group, by, event -> event.put("migrate_to_chat_id", to.id));
    event(to, by, event -> event.put("migrate_from_chat_id", group.id));
    return to;
  }

  private ObjectNode message(Group group, Account author) {
    var message = JSON.objectNode();
    message.put("message_id", group.nextMessage++).put("date", Instant.now().getEpochSecond());
    message.set("from", author.json());
    message.set("chat", chat(group));
    return message;
  }

  static ObjectNode chat(Group group) {
    return JSON.objectNode()
        .put("id", group.id)
        .put("type", group.supergroup ? "supergroup" : "group")
        .put("title", group.title);
  }

  /** Finds mentions, as the server does in every text, and notifies who is mentioned. */
  private void markUp(Group group, ObjectNode message) {
    var text = message.path("text").asText("");
    var entities = message.withArray("entities");
    for (var entity : entities) {
      if (entity.path("type").asText().equals("text_mention")) {
        notify(group, entity.path("user").path("id").asLong());
      }
    }
    var mentions = MENTION.matcher(text);
    while (mentions.find()) {
      entities
          .addObject()
          .put("type", "mention")
          .put("offset", mentions.start())
          .put("length", mentions.end() - mentions.start());
      var name = mentions.group(1);
      accounts.values().stream()
          .filter(account -> name.equalsIgnoreCase(account.username()))
          .forEach(account -> notify(group, account.id()));
    }
    if (entities.isEmpty()) {
      message.remove("entities");
    }
  }

  private void notify(Group group, long account) {
    if (group.members.containsKey(account)) {
      notifications.computeIfAbsent(account, _ -> new AtomicInteger()).incrementAndGet();
    }
  }

  private void tell(Group group, ObjectNode message, boolean event) {
    tell(group, "message", message, event);
  }

  private void tell(Group group, String kind, ObjectNode message, boolean event) {
    for (var bot : bots.values()) {
      if (group.members.containsKey(bot.account.id()) && (event || sees(bot, group, message))) {
        var update = JSON.objectNode();
        update.set(kind, message.deepCopy());
        bot.updates.add(kind, update);
      }
    }
  }

  private static boolean sees(BotAccount bot, Group group, ObjectNode message) {
    var text = message.path("text").asText(message.path("caption").asText(""));
    return bot.readsAll
        || group.isAdministrator(bot.account.id())
        || text.startsWith("/")
        || text.contains("@" + bot.account.username())
        || message.path("reply_to_message").path("from").path("id").asLong() == bot.account.id();
  }
}
