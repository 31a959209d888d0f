package dev.parley.adapters.outbound.slack;

import dev.parley.ports.BackendException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The instance that has the connection: tells itself and its guests what comes. When it leaves it
 * first stops listening and then lets its guests go, so that none of them comes back to a door
 * behind which nobody is any more.
 */
final class Host implements Line, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Host.class);

  private final Line own;
  private final ServerSocketChannel server;
  private final Selector arrivals;
  private final Thread thread = Thread.ofVirtual().name("parley-slack-host").unstarted(this::run);
  private volatile boolean leaving;

  // Guarded by this.
  private final Set<Guest> guests = new HashSet<>();
  private @Nullable String state;

  private Host(Line own, ServerSocketChannel server, Selector arrivals) {
    this.own = own;
    this.server = server;
    this.arrivals = arrivals;
  }

  /** A host whose guests come to an address. */
  static Host at(UnixDomainSocketAddress address, Line own) throws IOException {
    var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(address);
      // An interrupted accept would lose the guest that it had just let in.
      server.configureBlocking(false);
      var arrivals = Selector.open();
      server.register(arrivals, SelectionKey.OP_ACCEPT);
      var host = new Host(own, server, arrivals);
      host.thread.start();
      return host;
    } catch (IOException failure) {
      server.close();
      throw failure;
    }
  }

  private void run() {
    try (arrivals;
        server) {
      while (!leaving) {
        arrivals.select();
        arrivals.selectedKeys().clear();
        for (var channel = server.accept(); channel != null; channel = server.accept()) {
          admit(new Guest(channel));
        }
      }
    } catch (IOException failure) {
      LOG.warn("other instances no longer share this Slack connection: {}", failure.getMessage());
    } finally {
      letGo();
    }
  }

  private synchronized void admit(Guest guest) {
    guest.start();
    guests.add(guest);
    if (state != null) {
      tell(guest, state);
    }
  }

  private void tell(Guest guest, String what) {
    if (!guest.tell(what)) {
      guests.remove(guest);
      guest.close();
    }
  }

  private void tellAll(String what) {
    Set.copyOf(guests).forEach(guest -> tell(guest, what));
  }

  private synchronized void letGo() {
    guests.forEach(Guest::close);
    guests.clear();
  }

  @Override
  public void news(String channel, Ts ts) {
    own.news(channel, ts);
    synchronized (this) {
      tellAll("news %s %s".formatted(channel, ts));
    }
  }

  @Override
  public synchronized void up() {
    state = "up";
    own.up();
    tellAll(state);
  }

  @Override
  public synchronized void down(BackendException why) {
    state = "down " + String.valueOf(why.getMessage()).replace('\n', ' ');
    own.down(why);
    tellAll(state);
  }

  /** Leaves, in the background. */
  @Override
  public void close() {
    leaving = true;
    arrivals.wakeup();
  }

  /** Waits until all is closed, for so long at most. */
  void awaitEnd(Duration atMost) throws InterruptedException {
    thread.join(atMost);
  }
}
