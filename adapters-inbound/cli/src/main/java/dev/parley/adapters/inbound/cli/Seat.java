package dev.parley.adapters.inbound.cli;

import dev.parley.ports.inbound.FetchRecent;
import dev.parley.ports.inbound.Follow;
import dev.parley.ports.inbound.HandOffWork;
import dev.parley.ports.inbound.ListUsers;
import dev.parley.ports.inbound.PostMessage;
import dev.parley.ports.inbound.ShowHandOffs;
import dev.parley.ports.inbound.ShowTopics;

/**
 * What a person at the terminal can do, until closed.
 *
 * @param leave ends what the seat holds open; called once
 */
public record Seat(
    PostMessage posting,
    FetchRecent history,
    Follow following,
    ShowTopics topics,
    HandOffWork handOffWork,
    ShowHandOffs handOffs,
    ListUsers users,
    Runnable leave)
    implements AutoCloseable {

  @Override
  public void close() {
    leave.run();
  }
}
