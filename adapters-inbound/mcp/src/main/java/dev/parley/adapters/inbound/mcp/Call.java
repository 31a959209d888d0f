package dev.parley.adapters.inbound.mcp;

import java.time.Duration;

/** One call of a tool, as its transport sees it. */
@FunctionalInterface
public interface Call {

  /**
   * Tells the caller that the call goes on, if it asked to be told.
   *
   * @param passed since the call began
   */
  void progress(Duration passed);
}
