package dev.parley.adapters.inbound.http;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keeps updates back until a stream was told that it is subscribed. */
final class EarlyUpdates {

  private final Function<String, byte[]> notification;
  private final Set<String> early = new LinkedHashSet<>();
  private @Nullable LongStream stream;

  /** Writes each update as this notification. */
  EarlyUpdates(Function<String, byte[]> notification) {
    this.notification = notification;
  }

  /** A resource may have changed. */
  void updated(String uri) {
    LongStream to;
    synchronized (this) {
      to = stream;
      if (to == null) {
        early.add(uri);
        return;
      }
    }
    to.send(notification.apply(uri));
  }

  /** Sends what was kept back, and from now on at once. */
  synchronized void sendTo(LongStream acknowledged) {
    stream = acknowledged;
    early.forEach(uri -> acknowledged.send(notification.apply(uri)));
    early.clear();
  }
}
