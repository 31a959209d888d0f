package dev.parley.adapters.inbound.stdio;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/** Writes whole lines from any number of threads. */
final class LineWriter {

  private final OutputStream out;
  private final ReentrantLock lock = new ReentrantLock();

  LineWriter(OutputStream out) {
    this.out = out;
  }

  /** Writes one line, which contains no line end, and flushes it. */
  void write(byte[] line) throws IOException {
    var bytes = Arrays.copyOf(line, line.length + 1);
    bytes[line.length] = '\n';
    lock.lock();
    try {
      out.write(bytes);
      out.flush();
    } finally {
      lock.unlock();
    }
  }
}
