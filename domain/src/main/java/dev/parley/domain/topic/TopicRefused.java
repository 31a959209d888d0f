package dev.parley.domain.topic;

/** A topic that this participant may not use; the message says why and which ones it may. */
public final class TopicRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TopicRefused(String message) {
    super(message);
  }
}
