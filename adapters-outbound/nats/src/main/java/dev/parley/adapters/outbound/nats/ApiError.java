package dev.parley.adapters.outbound.nats;

import io.nats.client.support.Status;

/** JetStream's refusal of a request. Its codes are those of the server's {@code errors.json}. */
final class ApiError extends Exception {

  private static final long serialVersionUID = 1L;

  static final int CLUSTER_NOT_AVAILABLE = 10_008;
  static final int NO_SUITABLE_PEERS = 10_005;
  static final int NOT_LEADER = 10_009;
  static final int STREAM_OFFLINE = 10_118;
  static final int CONSUMER_LIMIT = 10_026;
  static final int STREAM_LIMIT = 10_027;
  static final int NOT_ENABLED_FOR_ACCOUNT = 10_039;
  static final int NOT_ENABLED = 10_076;
  static final int MESSAGE_TOO_LARGE = 10_054;
  static final int STREAM_NAME_IN_USE = 10_058;
  static final int STREAM_NOT_FOUND = 10_059;
  static final int SUBJECTS_OVERLAP = 10_065;
  static final int REPLICAS_WITHOUT_CLUSTER = 10_074;
  static final int DUPLICATE_IN_PROCESS = 10_158;

  private final int errorCode;
  private final String description;

  ApiError(int errorCode, String description) {
    super(description, null, false, false);
    this.errorCode = errorCode;
    this.description = description;
  }

  /** What a direct get or a pull is refused with. */
  static ApiError of(Status status) {
    return new ApiError(status.getCode(), status.getMessage());
  }

  int errorCode() {
    return errorCode;
  }

  /** Whether the same request may succeed soon: a cluster is electing a leader. */
  boolean passes() {
    return errorCode == CLUSTER_NOT_AVAILABLE
        || errorCode == NOT_LEADER
        || errorCode == STREAM_OFFLINE;
  }

  /** The server's words. */
  String description() {
    return description;
  }
}
