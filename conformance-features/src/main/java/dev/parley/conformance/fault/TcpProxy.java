package dev.parley.conformance.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Stands between clients and a server on this machine, at a port of its own that stays the same
 * when the server comes back at another. It can cut connections, refuse new ones, go silent without
 * closing anything, and make the traffic late or slow.
 */
public final class TcpProxy implements AutoCloseable {

  private static final int BUFFER = 8192;

  private final ServerSocket listening;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition thawed = lock.newCondition();
  private volatile int target;
  private volatile boolean refusing;
  private volatile Duration delay = Duration.ZERO;
  private volatile int bytesPerSecond = Integer.MAX_VALUE;
  private boolean frozen;
  private boolean answersHeld;
  private int held;

  /** Listens at a free port of the loopback address, for a server at the target port there. */
  public TcpProxy(int target) {
    this.target = target;
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** Where clients connect to. */
  public int port() {
    return listening.getLocalPort();
  }

  /** Sends new connections to another port. */
  public void target(int port) {
    target = port;
  }

  /** Resets every connection, and new ones too until {@link #mend()}. */
  public void cut() {
    refusing = true;
    sockets.forEach(TcpProxy::reset);
  }

  /** Takes new connections again. */
  public void mend() {
    refusing = false;
  }

  /** Lets nothing through any more, and closes nothing. */
  public void freeze() {
    lock.lock();
    try {
      frozen = true;
    } finally {
      lock.unlock();
    }
  }

  /** Holds back what the server says, and lets through what clients say. */
  public void holdAnswers() {
    lock.lock();
    try {
      answersHeld = true;
    } finally {
      lock.unlock();
    }
  }

  /** Whether something is held back at this moment. */
  public boolean holds() {
    lock.lock();
    try {
      return held > 0;
    } finally {
      lock.unlock();
    }
  }

  /** Lets everything through again, what was held back first. */
  public void thaw() {
    lock.lock();
    try {
      frozen = false;
      answersHeld = false;
      thawed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Holds every piece of traffic back for so long; zero ends it. */
  public void delay(Duration perPiece) {
    delay = perPiece;
  }

  /** Lets so many bytes a second through, on each connection and in each direction. */
  public void throttle(int newBytesPerSecond) {
    bytesPerSecond = newBytesPerSecond;
  }

  /** How many connections go through. */
  public int connections() {
    return sockets.size() / 2;
  }

  @Override
  public void close() {
    cut();
    thaw();
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        var client = listening.accept();
        Thread.ofVirtual().start(() -> connect(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void connect(Socket client) {
    var server = new Socket();
    try {
      awaitThaw(false);
      if (refusing) {
        reset(client);
        return;
      }
      sockets.add(client);
      sockets.add(server);
      server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      Thread.ofVirtual().start(() -> pump(client, server, false));
      pump(server, client, true);
    } catch (IOException | InterruptedException e) {
      end(client, server);
    }
  }

  private void pump(Socket from, Socket to, boolean isAnswer) {
    var buffer = new byte[BUFFER];
    try {
      for (var n = from.getInputStream().read(buffer);
          n >= 0;
          n = from.getInputStream().read(buffer)) {
        Thread.sleep(delay.plusNanos(1_000_000_000L * n / bytesPerSecond));
        awaitThaw(isAnswer);
        to.getOutputStream().write(buffer, 0, n);
      }
    } catch (IOException | InterruptedException e) {
      // One side is gone: the other follows.
    }
    end(from, to);
  }

  private void awaitThaw(boolean isAnswer) throws InterruptedException {
    lock.lock();
    try {
      held++;
      while (frozen || (isAnswer && answersHeld)) {
        thawed.await();
      }
    } finally {
      held--;
      lock.unlock();
    }
  }

  private void end(Socket one, Socket other) {
    sockets.remove(one);
    sockets.remove(other);
    reset(one);
    reset(other);
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // It is closed already.
    }
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
