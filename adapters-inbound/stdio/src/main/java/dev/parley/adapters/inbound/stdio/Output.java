package dev.parley.adapters.inbound.stdio;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.adapters.inbound.mcp.sdk.ProtocolJson;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The client's end: whole lines from any number of threads. */
final class Output {

  // As much as a pipe takes.
  private static final int LONGEST_PIECE = 64 * 1_024;

  private final OutputStream out;
  private final ObjectMapper mapper;
  private final ReentrantLock writing = new ReentrantLock();
  private final ReentrantLock handingOver = new ReentrantLock();

  Output(OutputStream out, ObjectMapper mapper) {
    this.out = new BufferedOutputStream(out, LONGEST_PIECE);
    this.mapper = mapper;
  }

  /** Writes a message as JSON. */
  void send(Object message) {
    var line = lineOf(message);
    write(to -> to.write(line));
  }

  private byte[] lineOf(Object message) {
    try {
      // By way of a string: written as bytes, a lone surrogate in foreign content is an error.
      return (mapper.writeValueAsString(ProtocolJson.plain(message)) + "\n")
          .getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("a message could not be written as JSON", e);
    }
  }

  /** The JSON of a value, such as the id of a request. */
  byte[] json(Object value) {
    if (value instanceof Integer || value instanceof Long) {
      return value.toString().getBytes(StandardCharsets.US_ASCII);
    }
    try {
      return mapper.writeValueAsBytes(value);
    } catch (IOException e) {
      throw new UncheckedIOException("a value could not be written as JSON", e);
    }
  }

  /** One line, its end included. */
  interface Line {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Writes one line and flushes it. */
  void write(Line line) {
    writing.lock();
    try {
      line.writeTo(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "stdout cannot be written, the client is gone: " + e.getMessage(), e);
    } finally {
      writing.unlock();
    }
  }

  /** Writes one line, and then does what is due once the client has it. */
  void write(Line line, @Nullable Runnable then) {
    if (then == null) {
      write(line);
      return;
    }
    handingOver.lock();
    try {
      write(line);
      then.run();
    } finally {
      handingOver.unlock();
    }
  }

  /** A client may ask on as soon as it has an answer: what follows that answer goes first. */
  @SuppressWarnings("LockNotBeforeTry") // There is nothing to do with the lock but to get it.
  void awaitHandingOver() {
    handingOver.lock();
    handingOver.unlock();
  }
}
