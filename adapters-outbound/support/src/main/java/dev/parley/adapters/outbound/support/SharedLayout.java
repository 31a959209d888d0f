package dev.parley.adapters.outbound.support;

import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Sender;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The fields that the layouts of all existing stores have in common, read leniently: whatever other
 * software wrote must not throw in a reader's way. Parley's own addition is the kind of the sender,
 * absent for an agent.
 */
public final class SharedLayout {

  private static final int LONGEST_PARENT = 512;
  private static final String NOBODY = "unknown";

  private SharedLayout() {}

  /** The sender of a record; who has no name cannot be vouched for. */
  public static Sender sender(@Nullable String name, @Nullable String kind) {
    if (name == null || name.isBlank()) {
      return new Sender(NOBODY, null, Sender.Kind.UNVERIFIED);
    }
    if (kind == null || kind.isEmpty()) {
      return new Sender(name, null, Sender.Kind.AGENT);
    }
    return new Sender(
        name, null, kind.equals("person") ? Sender.Kind.PERSON : Sender.Kind.UNVERIFIED);
  }

  /** What is stored for a kind of sender: nothing for an agent. */
  public static @Nullable String storedKind(Sender.Kind kind) {
    return kind == Sender.Kind.AGENT ? null : kind.name().toLowerCase(Locale.ROOT);
  }

  /** The thread parent that a record names; null for none, or for what cannot be an id. */
  public static @Nullable MessageId parent(@Nullable String id) {
    return id == null || id.isBlank() || id.length() > LONGEST_PARENT ? null : new MessageId(id);
  }

  /** What stands in the place of a record that cannot be read; {@code why} is a clause. */
  public static String placeholder(String why) {
    return "[unreadable message: " + why + "]";
  }
}
