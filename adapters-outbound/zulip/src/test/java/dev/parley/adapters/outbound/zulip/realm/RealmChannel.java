package dev.parley.adapters.outbound.zulip.realm;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A channel of the organization and who is in it. */
public final class RealmChannel {

  private final long id;
  private final long created;
  private volatile String name;
  private volatile boolean archived;
  private volatile boolean readOnly;
  private final Set<Long> subscribers = ConcurrentHashMap.newKeySet();

  RealmChannel(long id, String name, long created) {
    this.id = id;
    this.name = name;
    this.created = created;
  }

  public long id() {
    return id;
  }

  public String name() {
    return name;
  }

  long created() {
    return created;
  }

  void rename(String newName) {
    name = newName;
  }

  boolean isArchived() {
    return archived;
  }

  void archive() {
    archived = true;
  }

  /** Whether only administrators may post. */
  boolean isReadOnly() {
    return readOnly;
  }

  /** Lets only administrators post. */
  public RealmChannel readOnly() {
    readOnly = true;
    return this;
  }

  Set<Long> subscribers() {
    return subscribers;
  }
}
