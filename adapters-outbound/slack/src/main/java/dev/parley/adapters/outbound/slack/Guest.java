package dev.parley.adapters.outbound.slack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Another instance that is told what comes over this one's connection; one that stalls is let go.
 */
final class Guest implements AutoCloseable {

  private static final int MOST_WAITING = 1_000;

  private final SocketChannel channel;
  private final BlockingQueue<String> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
  private final Thread thread =
      Thread.ofVirtual().name("parley-slack-guest").unstarted(this::write);

  Guest(SocketChannel channel) {
    this.channel = channel;
  }

  void start() {
    thread.start();
  }

  /** Tells something; false when the guest is gone, or does not listen. */
  boolean tell(String line) {
    return channel.isOpen() && waiting.offer(line + "\n");
  }

  private void write() {
    try (channel) {
      while (true) {
        var bytes = ByteBuffer.wrap(waiting.take().getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      }
    } catch (IOException | InterruptedException _) {
      // The guest left, or this instance does.
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      channel.close();
    } catch (IOException _) {
      // It is gone anyway.
    }
  }
}
