package dev.parley.domain.topic;

import org.jmolecules.ddd.annotation.AggregateRoot;
import org.jmolecules.ddd.annotation.Identity;

/** A topic as this participant sees it: every one may be read and posted to, some are followed. */
@AggregateRoot
public record Topic(@Identity TopicName name, Access access) {

  /** What this participant does with a topic. */
  public enum Access {
    /** In the explicit list: read, posted to, followed live and caught up with. */
    SUBSCRIBED,
    /** Matched by a post pattern only: read on request and posted to, never followed. */
    POST_ONLY
  }

  /** Whether messages of this topic are followed and count as unread. */
  public boolean subscribed() {
    return access == Access.SUBSCRIBED;
  }
}
