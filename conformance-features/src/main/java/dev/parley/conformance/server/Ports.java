package dev.parley.conformance.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for the servers of a test. They are below those that systems give to outgoing connections
 * (from 32,768 on Linux), one of which could take a port before its server listens there. Each
 * process of tests has a block of its own, so that nobody takes the port of a server that is down
 * for a moment.
 */
public final class Ports {

  private static final int FIRST = 20_000;
  private static final int BLOCKS = 24;
  private static final int COUNT = 500;

  /** Held until the process ends. */
  private static final FileLock BLOCK = ownBlock();

  private static final int FIRST_OF_BLOCK = FIRST + (int) BLOCK.position() * COUNT;
  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

  private Ports() {}

  /** A port of the loopback address that nothing listens on, another one each time. */
  public static int free() {
    for (var attempt = 0; attempt < COUNT; attempt++) {
      var port = FIRST_OF_BLOCK + Math.floorMod(NEXT.getAndIncrement(), COUNT);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException(
        "no port is free from %d to %d".formatted(FIRST_OF_BLOCK, FIRST_OF_BLOCK + COUNT - 1));
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort() == port;
    } catch (IOException _) {
      return false;
    }
  }

  /** The lock on the byte of a file that stands for the block. */
  @SuppressWarnings("resource") // Closing the file would give the block away.
  private static FileLock ownBlock() {
    try {
      var file =
          FileChannel.open(
              Path.of(
                  System.getProperty("java.io.tmpdir"),
                  "parley-test-ports-" + System.getProperty("user.name")),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      var start = ThreadLocalRandom.current().nextInt(BLOCKS);
      for (var block = 0; block < BLOCKS; block++) {
        var lock = file.tryLock((start + block) % BLOCKS, 1, false);
        if (lock != null) {
          return lock;
        }
      }
      throw new IllegalStateException(
          "%d processes of tests run here already, and each has a block of ports: end some"
              .formatted(BLOCKS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
