package dev.parley.domain.presence;

/** What may happen to a message to a participant. */
public enum Reach {
  /** It reaches the agent's model at once. */
  LIVE,
  /** The agent is there and reads when it asks. */
  POLLS,
  /** The agent is away and may read when it is back. */
  LATER,
  /** A person reads it when they look. */
  READS
}
