package dev.parley.adapters.outbound.slack;

import dev.parley.ports.BackendException;

/** One who has nothing to do with what a line tells. */
final class Nobody implements Line {

  @Override
  public void news(String channel, Ts ts) {}

  @Override
  public void up() {}

  @Override
  public void down(BackendException why) {}
}
