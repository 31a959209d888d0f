package dev.parley.adapters.outbound.discord;

import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.domain.participant.Handle;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import net.dv8tion.jda.api.requests.Method;
import net.dv8tion.jda.api.requests.Route;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;

/**
 * The webhook of each channel through which agents speak under their own names. It is made by this
 * bot's application; those of people are left alone.
 */
final class Webhooks {

  /** The name that people see in the settings of a channel. */
  static final String NAME = "Parley";

  private static final int INCOMING = 1;
  private static final long LOOK_AGAIN_NANOS = Duration.ofMinutes(5).toNanos();
  private static final Route LIST = Route.custom(Method.GET, "channels/{channel_id}/webhooks");
  private static final Route CREATE = Route.custom(Method.POST, "channels/{channel_id}/webhooks");

  /** One webhook; who knows the token may post through it. */
  record Webhook(String id, String token) {
    @Override
    public String toString() {
      return "webhook " + id;
    }
  }

  private record Known(Optional<Webhook> webhook, long at) {
    boolean isFresh() {
      return webhook.isPresent() || System.nanoTime() - at < LOOK_AGAIN_NANOS;
    }
  }

  private final Rest rest;
  private final Faults faults;
  private final ReentrantLock making = new ReentrantLock();
  private final Map<Long, Known> known = new ConcurrentHashMap<>();

  Webhooks(Rest rest, Faults faults) {
    this.rest = rest;
    this.faults = faults;
  }

  /** Whether Discord takes a handle for the name of a webhook's author. */
  static boolean allows(Handle handle) {
    var name = handle.value().toLowerCase(Locale.ROOT);
    return !name.contains("clyde")
        && !name.contains("discord")
        && !name.equals("everyone")
        && !name.equals("here");
  }

  /** The webhook of a channel, found or made; empty where the bot may not have one. */
  Optional<Webhook> of(Channel channel, Session session, Deadline deadline) {
    var found = known.get(channel.id());
    if (found != null && found.isFresh()) {
      return found.webhook();
    }
    making.lock();
    try {
      found = known.get(channel.id());
      if (found == null || !found.isFresh()) {
        found = new Known(findOrMake(channel, session, deadline), System.nanoTime());
        known.put(channel.id(), found);
      }
      return found.webhook();
    } finally {
      making.unlock();
    }
  }

  /** The webhook of a channel is gone. */
  void forget(Channel channel) {
    known.remove(channel.id());
  }

  private Optional<Webhook> findOrMake(Channel channel, Session session, Deadline deadline) {
    var id = Long.toUnsignedString(channel.id());
    var listed = rest.get(deadline, LIST.compile(id));
    if (listed.isForbidden()) {
      return Optional.empty();
    }
    if (!listed.isOk()) {
      throw faults.refused(listed, channel.topic().value(), channel.id());
    }
    var ours =
        listed.array().stream(DataArray::getObject)
            .filter(webhook -> isOurs(webhook, session))
            .findFirst();
    return ours.isPresent() ? ours.map(Webhooks::webhook) : make(channel, deadline);
  }

  private static boolean isOurs(DataObject webhook, Session session) {
    return webhook.getInt("type", 0) == INCOMING
        && webhook.getUnsignedLong("application_id", 0) == session.application()
        && webhook.getString("name", "").equals(NAME)
        && !webhook.isNull("token");
  }

  private Optional<Webhook> make(Channel channel, Deadline deadline) {
    var body = new PostBody(DataObject.empty().put("name", NAME).toString(), true);
    try {
      var made = rest.send(deadline, CREATE.compile(Long.toUnsignedString(channel.id())), body);
      if (made.isOk()) {
        return Optional.of(webhook(made.object()));
      }
      if (made.isServerFault()) {
        throw faults.unavailable(made);
      }
      // Not allowed, or there are as many as a channel may have.
      return Optional.empty();
    } catch (Unanswered unanswered) {
      throw faults.unavailable(unanswered.getCause());
    }
  }

  private static Webhook webhook(DataObject json) {
    return new Webhook(json.getString("id"), json.getString("token"));
  }
}
