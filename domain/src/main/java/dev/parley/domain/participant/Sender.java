package dev.parley.domain.participant;

import org.jmolecules.ddd.annotation.ValueObject;
import org.jspecify.annotations.Nullable;

/**
 * Who said something, as the backend gave it. On a shared store the handle is a claim by the
 * writer, not a proof.
 *
 * @param handle the name as read; foreign writers may use names that are no {@link Handle}
 * @param account the backend's own account id, where the backend vouches for one
 * @param kind what the backend lets us say about the sender
 */
@ValueObject
public record Sender(String handle, @Nullable String account, Kind kind) {

  /** What kind of participant a sender is. */
  public enum Kind {
    /** Posted through Parley or a bridge like it. */
    AGENT,
    /** A human at a chat client or a terminal. */
    PERSON,
    /** Nobody vouches for what this sender is. */
    UNVERIFIED
  }

  /** An agent's handle without an account of its own. */
  public static Sender agent(Handle handle) {
    return new Sender(handle.value(), null, Kind.AGENT);
  }

  /** A person's handle without an account of its own. */
  public static Sender person(Handle handle) {
    return new Sender(handle.value(), null, Kind.PERSON);
  }

  /** Whether this sender goes by the handle; case does not matter, in ASCII. */
  public boolean isNamed(Handle other) {
    return isNamed(other.value());
  }

  /**
   * Whether both are one participant as far as the backend tells: of one kind, under one name, and
   * with one account where both have any.
   */
  public boolean isSameAs(Sender other) {
    return kind == other.kind
        && isNamed(other.handle)
        && (account == null || other.account == null || account.equals(other.account));
  }

  // Only handles are compared without case: a name with the Kelvin sign is nobody's with a k.
  private boolean isNamed(String name) {
    return handle.equals(name)
        || (Handle.isHandle(handle) && Handle.isHandle(name) && handle.equalsIgnoreCase(name));
  }
}
