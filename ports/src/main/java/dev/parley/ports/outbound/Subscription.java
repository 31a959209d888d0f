package dev.parley.ports.outbound;

/** One feed on one topic, until closed; closing twice is fine. */
public interface Subscription extends AutoCloseable {

  /** Ends the feed: no call reaches it once this has returned. */
  @Override
  void close();
}
