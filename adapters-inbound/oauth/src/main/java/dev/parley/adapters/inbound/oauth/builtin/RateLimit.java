package dev.parley.adapters.inbound.oauth.builtin;

import io.helidon.common.context.Context;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * So many requests in a stretch of time from one client address; of IPv6, from one /64. Counters
 * start anew with each stretch, all at once, so that there are never more of them than addresses in
 * one stretch, and of those 10,000 at most: beyond that, new addresses share one.
 */
final class RateLimit {

  private static final int MOST_ADDRESSES = 10_000;
  private static final int IPV6_NETWORK_BYTES = 8;
  private static final String OTHERS = "others";

  private final int most;
  private final long stretchNanos;
  private final LongSupplier nanoTime;
  private final Map<String, Integer> counts = new HashMap<>();
  private long began;

  RateLimit(int most, Duration stretch, LongSupplier nanoTime) {
    this.most = most;
    this.stretchNanos = stretch.toNanos();
    this.nanoTime = nanoTime;
    this.began = nanoTime.getAsLong();
  }

  static RateLimit perMinute(int most, LongSupplier nanoTime) {
    return new RateLimit(most, Duration.ofMinutes(1), nanoTime);
  }

  /** Counts a request with this context; returns whether it may pass. */
  boolean admits(Context request) {
    return admits(client(request));
  }

  synchronized boolean admits(String client) {
    var now = nanoTime.getAsLong();
    if (now - began >= stretchNanos) {
      counts.clear();
      began = now;
    }
    var key = key(client);
    var count = counts.getOrDefault(key, 0);
    if (count >= most) {
      return false;
    }
    counts.put(key, count + 1);
    return true;
  }

  /** What was counted last for this client does not count. */
  synchronized void giveBack(String client) {
    counts.computeIfPresent(key(client), (_, count) -> Math.max(0, count - 1));
  }

  private String key(String client) {
    return counts.containsKey(client) || counts.size() < MOST_ADDRESSES ? client : OTHERS;
  }

  /** Whom a request with this context is counted for. */
  static String client(Context request) {
    return request.get(InetAddress.class).map(RateLimit::client).orElse(OTHERS);
  }

  static String client(InetAddress address) {
    var bytes = address.getAddress();
    return HexFormat.of()
        .formatHex(
            address instanceof Inet6Address ? Arrays.copyOf(bytes, IPV6_NETWORK_BYTES) : bytes);
  }
}
