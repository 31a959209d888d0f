package dev.parley.adapters.outbound.discord;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The end of a session, for which JDA sometimes waits on a connection that is dead. */
final class Farewell {

  private static final Duration MOST = Duration.ofSeconds(1);

  private Farewell() {}

  /** Logs out; waits two seconds at most. */
  static void to(@Nullable Session last) {
    if (last == null) {
      return;
    }
    var leaving =
        Thread.ofPlatform().daemon().name("parley-discord-farewell").start(last.jda()::shutdownNow);
    try {
      leaving.join(MOST);
      var _ = last.jda().awaitShutdown(MOST);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
