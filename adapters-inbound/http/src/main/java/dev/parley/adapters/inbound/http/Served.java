package dev.parley.adapters.inbound.http;

import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A request that was answered, without anything in it that is a secret.
 *
 * @param path as it was sent, without the query
 * @param status {@link #CLIENT_LEFT} when the client did not wait for an answer
 * @param streamed whether the answer was a stream of events
 * @param client where it came from, behind trusted proxies; null when that is not known
 */
public record Served(
    String method,
    String path,
    int status,
    Duration duration,
    boolean streamed,
    @Nullable InetAddress client) {

  /** No status of HTTP: what nginx logs when the client closed its connection too early. */
  public static final int CLIENT_LEFT = 499;
}
