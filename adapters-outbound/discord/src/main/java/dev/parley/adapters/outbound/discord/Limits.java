package dev.parley.adapters.outbound.discord;

import dev.parley.adapters.outbound.support.RetryAfter;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import net.dv8tion.jda.api.exceptions.ParsingException;
import net.dv8tion.jda.api.utils.data.DataObject;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * What the answers say about limits. JDA keeps to them, route by route; here is noted how long that
 * may take, and a 429 is put into the form that JDA reads: it takes one without {@code Retry-After}
 * for leave to go on at once.
 */
final class Limits implements Interceptor {

  private static final int TOO_MANY_REQUESTS = 429;
  private static final String RETRY_AFTER = "Retry-After";
  private static final String EVERY_ROUTE = "*";
  private static final Duration UNSAID = Duration.ofSeconds(1);
  private static final long MOST_OF_BODY = 4_096;

  private final ServerClock clock;
  private final Map<String, Long> closedUntil = new ConcurrentHashMap<>();

  Limits(ServerClock clock) {
    this.clock = clock;
  }

  /** How long a route stays closed; zero when it is open. */
  Duration wait(String method, String path) {
    var now = System.nanoTime();
    var route = left(method + " " + path, now);
    var all = left(EVERY_ROUTE, now);
    return route.compareTo(all) > 0 ? route : all;
  }

  private Duration left(String key, long now) {
    var until = closedUntil.get(key);
    if (until == null) {
      return Duration.ZERO;
    }
    if (until - now <= 0) {
      closedUntil.remove(key, until);
      return Duration.ZERO;
    }
    return Duration.ofNanos(until - now);
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    var request = chain.request();
    var response = chain.proceed(request);
    readClock(response);
    var remaining = response.header("X-RateLimit-Remaining");
    if (response.code() == TOO_MANY_REQUESTS) {
      return turnedAway(request, response);
    }
    if ("0".equals(remaining)) {
      seconds(response.header("X-RateLimit-Reset-After"))
          .ifPresent(wait -> close(keyOf(request), wait));
    }
    return response;
  }

  private Response turnedAway(Request request, Response response) throws IOException {
    if (request.body() instanceof PostBody body) {
      body.turnedAway();
    }
    var wait = askedToWait(response);
    var everywhere = response.header("X-RateLimit-Global") != null;
    close(everywhere ? EVERY_ROUTE : keyOf(request), wait);
    var wholeSeconds = wait.plusMillis(999).toSeconds();
    return response.newBuilder().header(RETRY_AFTER, Long.toString(wholeSeconds)).build();
  }

  // The body is more exact than the header, where it is Discord's and not its proxy's.
  private static Duration askedToWait(Response response) throws IOException {
    try {
      var body = DataObject.fromJson(response.peekBody(MOST_OF_BODY).string());
      if (!body.isNull("retry_after")) {
        return RetryAfter.seconds(BigDecimal.valueOf(body.getDouble("retry_after")));
      }
    } catch (ParsingException noJson) {
      return seconds(response.header(RETRY_AFTER)).orElse(UNSAID);
    }
    return seconds(response.header(RETRY_AFTER)).orElse(UNSAID);
  }

  private static Optional<Duration> seconds(@org.jspecify.annotations.Nullable String text) {
    try {
      return Optional.ofNullable(text).map(BigDecimal::new).map(RetryAfter::seconds);
    } catch (NumberFormatException unreadable) {
      return Optional.empty();
    }
  }

  private void close(String key, Duration wait) {
    closedUntil.merge(
        key, System.nanoTime() + wait.toNanos(), (one, other) -> one - other > 0 ? one : other);
  }

  private static String keyOf(Request request) {
    return request.method() + " " + request.url().encodedPath();
  }

  private void readClock(Response response) {
    var date = response.header("Date");
    if (date != null) {
      try {
        clock.isAtLeast(
            Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)).toEpochMilli());
      } catch (DateTimeException unreadable) {
        // Then the ids of messages tell the time.
        return;
      }
    }
  }
}
