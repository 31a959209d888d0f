package dev.parley.adapters.inbound.oauth.builtin;

import io.helidon.webserver.http.ServerRequest;
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

  static RateLimit perMinute(int most) {
    return new RateLimit(most, Duration.ofMinutes(1), System::nanoTime);
  }

  /** Counts a request; returns whether it may pass. */
  boolean admits(ServerRequest request) {
    return admits(request.context().get(InetAddress.class).map(RateLimit::key).orElse(OTHERS));
  }

  synchronized boolean admits(String key) {
    var now = nanoTime.getAsLong();
    if (now - began >= stretchNanos) {
      counts.clear();
      began = now;
    }
    var counted = counts.containsKey(key) || counts.size() < MOST_ADDRESSES ? key : OTHERS;
    return counts.merge(counted, 1, Integer::sum) <= most;
  }

  private static String key(InetAddress address) {
    var bytes = address.getAddress();
    return HexFormat.of()
        .formatHex(
            address instanceof Inet6Address ? Arrays.copyOf(bytes, IPV6_NETWORK_BYTES) : bytes);
  }
}
