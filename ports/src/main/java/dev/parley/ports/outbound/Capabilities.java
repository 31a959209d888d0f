package dev.parley.ports.outbound;

import dev.parley.ports.ContentLimit;

/**
 * What a backend can and cannot do. Each is a fact that a scenario of the conformance suite tests.
 *
 * @param contentLimit the longest content it takes
 * @param threads whether a message's parent is kept
 * @param unknownParent what happens to a reply to a message that does not exist
 * @param attribution how the handle of the sender is carried
 * @param text whether content comes back exactly
 * @param history how far back the history goes
 * @param settlingMillis after how long the order of a topic no longer changes; 0 for a total order
 * @param exactGaps whether {@link dev.parley.domain.history.Page#gap()} is never a false alarm
 * @param editsVisible whether later edits and deletions show in the history
 * @param idempotentPost whether a post repeated with its key is stored once
 * @param concurrentWriters whether several processes may post to one topic at once
 * @param orderScope what shares one order
 * @param push how new messages are noticed
 * @param suiteLoad the load the conformance suite may put on it
 */
public record Capabilities(
    ContentLimit contentLimit,
    boolean threads,
    UnknownParent unknownParent,
    Attribution attribution,
    Text text,
    History history,
    int settlingMillis,
    boolean exactGaps,
    boolean editsVisible,
    boolean idempotentPost,
    boolean concurrentWriters,
    OrderScope orderScope,
    Push push,
    SuiteLoad suiteLoad) {

  /** What happens to a reply to a message that does not exist. */
  public enum UnknownParent {
    /** The backend stores the reply as it is. */
    STORED,
    /** The backend refuses the reply. */
    REFUSED
  }

  /** How the handle of the sender is carried. */
  public enum Attribution {
    /** In a field or account of the backend. */
    NATIVE,
    /** In a header of the text, behind a shared account. */
    TEXT_HEADER
  }

  /** Whether content comes back exactly. */
  public enum Text {
    /** Code point for code point. */
    EXACT,
    /** Without the blanks at both ends. */
    EDGES_TRIMMED
  }

  /** How far back the history goes. */
  public enum History {
    /** To the first message, less what retention removed. */
    FULL,
    /** To the moment the bridge first saw the topic. */
    SINCE_FIRST_SEEN,
    /** As far as the vendor's plan allows. */
    VENDOR_LIMITED
  }

  /** What shares one order of messages. */
  public enum OrderScope {
    /** Everything on one server or store. */
    SERVER,
    /** Everything seen through one homeserver. */
    HOMESERVER,
    /** Everything seen through one bot's own store. */
    BOT_STORE
  }

  /** How new messages are noticed. */
  public enum Push {
    /** The backend sends them. */
    EVENT,
    /** The store is watched for changes. */
    WATCH,
    /** The backend is asked at intervals. */
    POLL
  }

  /**
   * The load the conformance suite may put on the backend.
   *
   * @param writers concurrent writers
   * @param messages messages a test may post in a row
   */
  public record SuiteLoad(int writers, int messages) {}
}
