package dev.parley.adapters.outbound.slack;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** One workspace of the double: its app, its people and its channels. */
final class Workspace {

  static final Set<String> ALL_SCOPES =
      Set.of(
          "chat:write", "chat:write.customize", "channels:history", "channels:read", "users:read");

  private static final AtomicLong LAST_TS = new AtomicLong();
  private static final AtomicInteger NUMBERS = new AtomicInteger(100);

  private final int number = NUMBERS.incrementAndGet();
  private final SlackDouble slack;
  private final Map<String, DoubleChannel> channels = new ConcurrentHashMap<>();
  private final Map<String, String> people = new ConcurrentHashMap<>();
  private final Map<Ts, Long> coming = new HashMap<>();
  private final AtomicInteger notifications = new AtomicInteger();
  private final AtomicInteger previews = new AtomicInteger();
  private volatile Set<String> scopes = ALL_SCOPES;
  private volatile Duration disorder = Duration.ZERO;
  private volatile boolean socketMode = true;
  private volatile boolean distributed;

  Workspace(SlackDouble slack) {
    this.slack = slack;
    people.put("U0GRACE", "grace");
    people.put("U0HOPPER", "hopper");
  }

  String team() {
    return "T0" + number;
  }

  String botToken() {
    return "xoxb-" + number + "-secret";
  }

  String appToken() {
    return "xapp-" + number + "-secret";
  }

  String bot() {
    return "B0" + number;
  }

  Map<String, String> people() {
    return people;
  }

  Set<String> scopes() {
    return scopes;
  }

  void grantOnly(Set<String> granted) {
    scopes = granted;
  }

  boolean hasSocketMode() {
    return socketMode;
  }

  void turnSocketModeOff() {
    socketMode = false;
  }

  /** Whether history is given in small pieces, as to apps outside of the Marketplace. */
  boolean isDistributed() {
    return distributed;
  }

  void distribute() {
    distributed = true;
  }

  /**
   * From now on some of what is posted shows so late, and some events come so late, at random. What
   * shows later than that is never missed, however busy this machine is.
   */
  void disorder(Duration atMost) {
    disorder = atMost;
  }

  /** Waits until nothing is missing that has to show by now. */
  void awaitWhatIsDue() {
    synchronized (coming) {
      while (coming.values().stream().anyMatch(due -> due - System.nanoTime() <= 0)) {
        try {
          coming.wait();
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  /** One in four is as late as it may be, and others overtake it. */
  Duration someDelay() {
    return ThreadLocalRandom.current().nextInt(4) == 0 ? disorder : Duration.ZERO;
  }

  DoubleChannel newChannel() {
    var channel = new DoubleChannel("C0" + NUMBERS.incrementAndGet());
    channels.put(channel.id(), channel);
    return channel;
  }

  DoubleChannel channel(String id) {
    return channels.getOrDefault(id, new DoubleChannel("none"));
  }

  boolean hasChannel(String id) {
    return channels.containsKey(id);
  }

  int notifications() {
    return notifications.get();
  }

  int previews() {
    return previews.get();
  }

  void notified(int times) {
    notifications.addAndGet(times);
  }

  void previewed() {
    previews.incrementAndGet();
  }

  /** A place that no other message has. */
  static Ts newTs() {
    return newTs(Instant.now());
  }

  private static Ts newTs(Instant now) {
    var micros = Ts.at(now).micros();
    return new Ts(LAST_TS.updateAndGet(last -> Math.max(last + 1, micros)));
  }

  /** Whether something has its place and does not show yet. */
  boolean hasComing() {
    synchronized (coming) {
      return !coming.isEmpty();
    }
  }

  /** A message that has its place from now on, and shows a little later. */
  ObjectNode add(DoubleChannel channel, ObjectNode message) {
    return addLate(someDelay(), channel, message);
  }

  /** The same, so late. */
  ObjectNode addLate(Duration delay, DoubleChannel channel, ObjectNode message) {
    Ts ts;
    synchronized (coming) {
      ts = newTs();
      coming.put(ts, System.nanoTime() + Math.max(delay.toNanos(), disorder.toNanos()));
    }
    try {
      LockSupport.parkNanos(delay.toNanos());
      return addAt(ts, channel, message);
    } finally {
      synchronized (coming) {
        coming.remove(ts);
        coming.notifyAll();
      }
    }
  }

  /** The same at a given place. */
  ObjectNode addAt(Ts ts, DoubleChannel channel, ObjectNode message) {
    message.put("type", "message");
    message.put("ts", ts.toString());
    message.put("team", team());
    channel.put(message);
    var event = message.deepCopy();
    event.put("channel", channel.id());
    event.put("event_ts", ts.toString());
    event.put("channel_type", "channel");
    slack.sockets().tell(this, event);
    return message;
  }

  /** What a person posts from an ordinary client. */
  ObjectNode says(DoubleChannel channel, String user, String text) {
    return add(channel, message().put("user", user).put("text", DoubleEmoji.kept(text)));
  }

  void edit(DoubleChannel channel, Ts ts, String text) {
    channel.edit(ts, text, "U0BOT");
    changed(channel, ts, "message_changed");
  }

  void delete(DoubleChannel channel, Ts ts) {
    channel.delete(ts);
    changed(channel, ts, "message_deleted");
  }

  private void changed(DoubleChannel channel, Ts ts, String subtype) {
    var event = message();
    event.put("type", "message");
    event.put("subtype", subtype);
    event.put("channel", channel.id());
    event.put("hidden", true);
    event.put("deleted_ts", ts.toString());
    event.put("ts", newTs().toString());
    slack.sockets().tell(this, event);
  }

  static ObjectNode message() {
    return JsonNodeFactory.instance.objectNode();
  }
}
