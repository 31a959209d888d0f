package dev.parley.adapters.outbound.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks host names up. The system's resolver takes as long as it likes and would hold a virtual
 * thread's carrier meanwhile, so it is asked on a thread of its own.
 */
final class Names {

  private Names() {}

  /** The addresses of a host, of which there is at least one. */
  static InetAddress[] lookUp(String host, Duration atMost) throws IOException {
    var found = new CompletableFuture<InetAddress[]>();
    Thread.ofPlatform()
        .daemon()
        .name("parley-redis-names")
        .start(() -> {
          try {
            found.complete(InetAddress.getAllByName(host));
          } catch (UnknownHostException | RuntimeException unknown) {
            found.completeExceptionally(unknown);
          }
        });
    try {
      return found.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException unknown) {
      throw (IOException) new UnknownHostException(host).initCause(unknown);
    } catch (TimeoutException slow) {
      throw (IOException) new UnknownHostException(host).initCause(slow);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      throw new IOException(closing);
    }
  }
}
