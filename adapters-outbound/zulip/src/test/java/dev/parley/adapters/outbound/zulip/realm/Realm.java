package dev.parley.adapters.outbound.zulip.realm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * An organization: its accounts, channels, messages and event queues. A message has its id before
 * it is stored, as in Zulip, so that of several that are sent at once those with lower ids may be
 * seen later.
 */
public final class Realm {

  static final int EVERYBODY = 11;
  static final int ADMINISTRATORS = 12;

  private final int longest;
  private final Map<Long, Account> accounts = new ConcurrentSkipListMap<>();
  private final Map<Long, RealmChannel> channels = new ConcurrentSkipListMap<>();
  private final ConcurrentSkipListMap<Long, StoredMessage> messages = new ConcurrentSkipListMap<>();
  private final Map<String, EventQueue> queues = new ConcurrentHashMap<>();
  private final Map<Long, AtomicInteger> notifications = new ConcurrentHashMap<>();
  private final Map<Long, AtomicInteger> previews = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();
  private final AtomicLong messageIds = new AtomicLong(1_000);
  private volatile Duration slowestTransaction = Duration.ofMillis(5);

  /** An organization whose messages have so many characters at most. */
  public Realm(int longest) {
    this.longest = longest;
    account("notification-bot@zulip.com", "Notification Bot", Account.GENERIC_BOT);
  }

  int longest() {
    return longest;
  }

  /** How long storing takes at most; the longer, the more messages overtake each other. */
  public void slowestTransaction(Duration atMost) {
    slowestTransaction = atMost;
  }

  public Account person(String fullName) {
    return account("user%d@double.example".formatted(ids.get() + 1), fullName, null);
  }

  public Account bot(String fullName) {
    return account("bot%d-bot@double.example".formatted(ids.get() + 1), fullName, 1);
  }

  public Account incomingWebhook() {
    return account("hook-bot@double.example", "Hook", Account.INCOMING_WEBHOOK);
  }

  private Account account(String email, String fullName, @Nullable Integer botType) {
    var id = ids.incrementAndGet();
    var account = new Account(id, email, fullName, "key%029d".formatted(id), botType);
    accounts.put(id, account);
    return account;
  }

  /** The bot by which Zulip itself says something. */
  public Account noticeBot() {
    return accounts.values().iterator().next();
  }

  Optional<Account> account(String email) {
    return accounts.values().stream()
        .filter(account -> account.email().equalsIgnoreCase(email))
        .findFirst();
  }

  Collection<Account> accounts() {
    return accounts.values();
  }

  public RealmChannel channel(String name, Account... members) {
    var id = ids.incrementAndGet();
    var channel = new RealmChannel(id, name, Instant.now().getEpochSecond());
    channels.put(id, channel);
    List.of(members).forEach(member -> channel.subscribers().add(member.id()));
    var event = Shapes.object().put("type", "subscription").put("op", "add");
    event.putArray("subscriptions").add(Shapes.subscription(channel));
    tell(channel, event);
    return channel;
  }

  Optional<RealmChannel> findChannel(long id) {
    return Optional.ofNullable(channels.get(id)).filter(channel -> !channel.isArchived());
  }

  Optional<RealmChannel> findChannel(String name) {
    return channels.values().stream()
        .filter(channel -> !channel.isArchived() && channel.name().equalsIgnoreCase(name))
        .findFirst();
  }

  Collection<RealmChannel> channelsOf(Account account) {
    return channels.values().stream()
        .filter(channel -> !channel.isArchived() && channel.subscribers().contains(account.id()))
        .toList();
  }

  /** Archives a channel with all that is in it. */
  public void archive(RealmChannel channel) {
    var event = Shapes.object().put("type", "stream").put("op", "delete");
    event.putArray("streams").add(Shapes.subscription(channel));
    tell(channel, event);
    channel.archive();
    messages.values().removeIf(message -> message.channel() == channel);
  }

  /** Sends a message; it is seen by others when this returns, or a moment before. */
  public long send(Account sender, RealmChannel channel, String topic, String content) {
    var slowest = slowestTransaction.toNanos();
    var takes = slowest == 0 ? 0 : ThreadLocalRandom.current().nextLong(slowest);
    return send(sender, channel, topic, content, Duration.ofNanos(takes), () -> {});
  }

  /** Sends a message that is stored so long after it was numbered. */
  public long send(
      Account sender,
      RealmChannel channel,
      String topic,
      String content,
      Duration takes,
      Runnable onceNumbered) {
    var id = messageIds.incrementAndGet();
    onceNumbered.run();
    var sent = Instant.now();
    LockSupport.parkNanos(takes.toNanos());
    var body = Markup.normalized(content, longest);
    var message = new StoredMessage(id, channel, topic.strip(), sender, body, sent, List.of());
    messages.put(id, message);
    Markup.notified(body, accounts(), channel.subscribers()).stream()
        .filter(who -> who != sender.id())
        .forEach(who -> counter(notifications, who).incrementAndGet());
    channel.subscribers().forEach(who -> counter(previews, who).addAndGet(Markup.previews(body)));
    var event = Shapes.object().put("type", "message");
    event.set("message", Shapes.message(message));
    event.putArray("flags");
    tell(channel, event);
    return id;
  }

  Collection<StoredMessage> messages() {
    return messages.values();
  }

  Optional<StoredMessage> message(long id) {
    return Optional.ofNullable(messages.get(id));
  }

  /** The messages of a topic, in order. */
  public List<StoredMessage> topic(RealmChannel channel, String topic) {
    return messages.values().stream().filter(m -> m.isIn(channel, topic)).toList();
  }

  /** Replaces the content of a message. */
  public void edit(long id, String content) {
    var edited =
        messages.computeIfPresent(id, (_, m) -> m.edited(Markup.normalized(content, longest)));
    if (edited != null) {
      var event = update(edited).put("orig_content", "").put("content", edited.content());
      tell(edited.channel(), event);
    }
  }

  /** Moves messages to another topic; they keep their ids. */
  public void move(List<StoredMessage> moved, String topic) {
    for (var message : moved) {
      messages.computeIfPresent(message.id(), (_, m) -> m.moved(topic));
    }
    var first = moved.getFirst();
    var event =
        update(first)
            .put("orig_subject", first.topic())
            .put("subject", topic)
            .put("propagate_mode", "change_all");
    event.set("message_ids", Shapes.ids(moved.stream().map(StoredMessage::id).toList()));
    tell(first.channel(), event);
  }

  private static ObjectNode update(StoredMessage message) {
    var event =
        Shapes.object()
            .put("type", "update_message")
            .put("user_id", message.sender().id())
            .put("rendering_only", false)
            .put("message_id", message.id())
            .put("edit_timestamp", Instant.now().getEpochSecond())
            .put("stream_id", message.channel().id())
            .put("stream_name", message.channel().name());
    event.putArray("flags");
    event.set("message_ids", Shapes.ids(List.of(message.id())));
    return event;
  }

  /** Deletes messages, as people and retention do; nothing is left of them. */
  public void delete(List<StoredMessage> deleted) {
    if (deleted.isEmpty()) {
      return;
    }
    deleted.forEach(message -> messages.remove(message.id()));
    var first = deleted.getFirst();
    var event =
        Shapes.object()
            .put("type", "delete_message")
            .put("message_type", "stream")
            .put("stream_id", first.channel().id())
            .put("topic", first.topic());
    event.set("message_ids", Shapes.ids(deleted.stream().map(StoredMessage::id).toList()));
    tell(first.channel(), event);
  }

  EventQueue register(Account owner, Set<String> types) {
    var queue = new EventQueue("double:%d".formatted(ids.incrementAndGet()), owner, types);
    queues.put(queue.id(), queue);
    return queue;
  }

  Optional<EventQueue> queue(String id, Account owner) {
    return Optional.ofNullable(queues.get(id)).filter(queue -> queue.owner().equals(owner));
  }

  void discard(EventQueue queue) {
    queues.remove(queue.id());
    queue.discard();
  }

  /** Throws away all event queues, as after ten minutes without a poll, or a crash. */
  public void discardQueues() {
    List.copyOf(queues.values()).forEach(this::discard);
  }

  /** How many event queues there are. */
  public int queues() {
    return queues.size();
  }

  private void tell(RealmChannel channel, ObjectNode event) {
    queues.values().stream()
        .filter(queue -> channel.subscribers().contains(queue.owner().id()))
        .forEach(queue -> queue.add(event));
  }

  /** How often somebody was notified. */
  public int notifications(Account account) {
    return counter(notifications, account.id()).get();
  }

  /** How many previews somebody was shown. */
  public int previews(Account account) {
    return counter(previews, account.id()).get();
  }

  private static AtomicInteger counter(Map<Long, AtomicInteger> counters, long id) {
    return counters.computeIfAbsent(id, _ -> new AtomicInteger());
  }
}
