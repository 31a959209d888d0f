package dev.parley.adapters.outbound.matrix;

/**
 * A session of an account.
 *
 * @param userId whose it is
 * @param deviceId the device it counts as: the scope of transaction ids
 */
record Session(String userId, String deviceId, String token) {

  /** The name of the account's server. */
  String serverName() {
    return userId.substring(userId.indexOf(':') + 1);
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "session of %s on device %s".formatted(userId, deviceId);
  }
}
