package dev.parley.adapters.outbound.discord;

import com.sun.net.httpserver.Headers;
import dev.parley.adapters.outbound.discord.MessageCalls.Reply;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What goes wrong on the HTTP side, and its limits: per route, and for all. */
final class Mishaps {

  private static final int USUAL_LIMIT = 1_000;

  private record Bucket(long endsAt, AtomicInteger used) {}

  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicInteger unanswered = new AtomicInteger();
  private final AtomicInteger silent = new AtomicInteger();
  private final CountDownLatch end = new CountDownLatch(1);
  private final AtomicInteger refusals = new AtomicInteger();
  private volatile int status = 500;
  private volatile int limit = USUAL_LIMIT;
  private volatile Duration window = Duration.ofSeconds(1);
  private volatile boolean saysRetryAfter = true;
  private volatile boolean global;
  private volatile long closedUntil;
  private volatile @Nullable String route;

  /** The next requests get this status, and nothing is done. */
  void fail(int times, int withStatus) {
    status = withStatus;
    failures.set(times);
  }

  /** The next posts are stored, and their connections cut without an answer. */
  void cutAfterStoring(int times) {
    unanswered.set(times);
  }

  /** The next posts are stored, and nothing is answered for as long as the double is there. */
  void keepSilentAfterStoring(int times) {
    silent.set(times);
  }

  /** Nobody is kept waiting any more. */
  void over() {
    end.countDown();
  }

  /** So many requests in so long a time on each route. */
  void limit(int requests, Duration in) {
    limit = requests;
    window = in;
    buckets.clear();
  }

  void usualLimit() {
    limit(USUAL_LIMIT, Duration.ofSeconds(1));
    closedUntil = 0;
    saysRetryAfter = true;
    global = false;
  }

  /** From now on nothing is served for so long: everywhere, or on the routes that fail. */
  void close(Duration length, boolean everywhere, boolean withRetryAfter) {
    saysRetryAfter = withRetryAfter;
    global = everywhere;
    closedUntil = System.nanoTime() + length.toNanos();
  }

  /** How many requests were turned away. */
  int refusals() {
    return refusals.get();
  }

  /** Only requests to this route fail. */
  void onlyOn(@Nullable String methodAndPath) {
    route = methodAndPath;
  }

  /** What is answered without doing anything; sets the headers of limits. */
  Optional<Reply> before(String asked, Headers headers) {
    if (concerns(asked) && isOneOf(failures)) {
      return Optional.of(Reply.refused(status, Shapes.error(0, status + ": a mishap")));
    }
    var left = closedUntil - System.nanoTime();
    if (closedUntil != 0 && left > 0 && (global || concerns(asked))) {
      return Optional.of(turnedAway(headers, left));
    }
    var now = System.nanoTime();
    var bucket =
        buckets.compute(
            asked,
            (_, held) ->
                held == null || held.endsAt() - now <= 0
                    ? new Bucket(now + window.toNanos(), new AtomicInteger())
                    : held);
    var used = bucket.used().incrementAndGet();
    var seconds = (bucket.endsAt() - now) / 1e9;
    headers.set("X-RateLimit-Bucket", Integer.toHexString(asked.hashCode()));
    headers.set("X-RateLimit-Limit", Integer.toString(limit));
    headers.set("X-RateLimit-Remaining", Integer.toString(Math.max(0, limit - used)));
    headers.set("X-RateLimit-Reset-After", "%.3f".formatted(seconds));
    headers.set("X-RateLimit-Reset", "%.3f".formatted(System.currentTimeMillis() / 1e3 + seconds));
    return used > limit
        ? Optional.of(turnedAway(headers, bucket.endsAt() - now))
        : Optional.empty();
  }

  private Reply turnedAway(Headers headers, long nanos) {
    refusals.incrementAndGet();
    var seconds = nanos / 1e9;
    if (saysRetryAfter) {
      headers.set("Retry-After", Integer.toString((int) Math.ceil(seconds)));
    }
    headers.set("X-RateLimit-Scope", global ? "global" : "user");
    if (global) {
      headers.set("X-RateLimit-Global", "true");
    }
    var body = Shapes.error(0, "You are being rate limited.").put("global", global);
    body.remove("code");
    return Reply.refused(429, saysRetryAfter ? body.put("retry_after", seconds) : body);
  }

  private boolean concerns(String asked) {
    var only = route;
    return only == null || asked.matches(only);
  }

  /** False to cut the connection instead of answering. */
  boolean after(String asked) throws InterruptedException {
    if (!asked.startsWith("POST ") || !concerns(asked)) {
      return true;
    }
    if (isOneOf(silent)) {
      end.await();
      return false;
    }
    return !isOneOf(unanswered);
  }

  private static boolean isOneOf(AtomicInteger left) {
    return left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
  }
}
