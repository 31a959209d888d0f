package dev.parley.application;

import java.time.Duration;

/**
 * How an instance tells that it is there, and how long it believes others.
 *
 * @param enabled whether it tells and listens at all
 * @param push whether messages reach its model as they come
 * @param heartbeat the time between two signs of life
 * @param ttl after how long without one a process counts as gone
 */
public record PresenceRules(boolean enabled, boolean push, Duration heartbeat, Duration ttl) {

  public PresenceRules {
    if (heartbeat.compareTo(ttl) >= 0) {
      throw new IllegalArgumentException(
          "a heartbeat every %s does not keep up a presence that lasts %s"
              .formatted(heartbeat, ttl));
    }
  }
}
