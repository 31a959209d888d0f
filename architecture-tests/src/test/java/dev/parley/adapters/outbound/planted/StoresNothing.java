package dev.parley.adapters.outbound.planted;

import dev.parley.architecture.Breaks;
import dev.parley.domain.message.MessageId;
import dev.parley.ports.outbound.PostedIds;

/** An outbound adapter that says so nowhere, and that others must not see. */
@Breaks("whatImplementsASecondaryPortIsASecondaryAdapter")
public final class StoresNothing implements PostedIds {

  @Override
  public void add(MessageId id) {}

  @Override
  public boolean contains(MessageId id) {
    return false;
  }
}
