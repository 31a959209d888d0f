package dev.parley.bootstrap.meeting;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where sessions meet.
 *
 * @param config the configuration of every session
 * @param environment of every session; the address of the server is in it, since it may hold a
 *     password
 * @param topic where the sessions meet
 * @param place in words, after "on"
 * @param remains what stays on the server in the end and how to remove it, in words
 */
public record Venue(
    Path config,
    Map<String, String> environment,
    String topic,
    String place,
    Optional<String> remains) {

  /** Without the environment. */
  @Override
  public String toString() {
    return place;
  }
}
