package dev.parley.adapters.outbound.slack;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** What goes wrong at the double on demand. */
final class DoubleTrouble {

  private final Map<String, AtomicInteger> errors = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> limits = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> swallowed = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
  private final CountDownLatch never = new CountDownLatch(1);
  private volatile boolean throttling;
  private volatile int retryAfter = 1;

  /** The next calls of a method end in an error of the server. */
  void failNext(String method, int times) {
    errors.put(method, new AtomicInteger(times));
  }

  /** The next calls of a method are asked to wait for so many seconds. */
  void limitNext(String method, int times, int seconds) {
    retryAfter = seconds;
    limits.put(method, new AtomicInteger(times));
  }

  /** The next calls of a method are asked to wait, and not told for how long. */
  void limitNextVaguely(String method, int times) {
    limitNext(method, times, 0);
  }

  /** The next calls of a method are done, and not answered. */
  void swallowNext(String method, int times) {
    swallowed.put(method, new AtomicInteger(times));
  }

  /** Everything is asked to wait for a second, or no more. */
  void throttle(boolean on) {
    retryAfter = 1;
    throttling = on;
  }

  /** How often a method was called. */
  int calls(String method) {
    return calls.computeIfAbsent(method, name -> new AtomicInteger()).get();
  }

  /** Answers a call that meets with trouble. */
  boolean meets(HttpExchange exchange, String method) throws IOException {
    calls.computeIfAbsent(method, name -> new AtomicInteger()).incrementAndGet();
    if (takes(errors, method)) {
      exchange.sendResponseHeaders(500, -1);
      return true;
    }
    if (throttling || takes(limits, method)) {
      if (retryAfter > 0) {
        exchange.getResponseHeaders().set("Retry-After", Integer.toString(retryAfter));
      }
      SlackDouble.write(
          exchange, 429, Workspace.message().put("ok", false).put("error", "ratelimited"));
      return true;
    }
    return false;
  }

  /** Whether a call that was done gets no answer; then it waits for the client to give up. */
  boolean swallowsAnswer(String method) {
    if (!takes(swallowed, method)) {
      return false;
    }
    try {
      never.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return true;
  }

  private static boolean takes(Map<String, AtomicInteger> left, String method) {
    var count = left.get(method);
    return count != null && count.getAndDecrement() > 0;
  }
}
