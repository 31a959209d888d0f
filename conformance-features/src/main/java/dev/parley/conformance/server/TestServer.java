package dev.parley.conformance.server;

/** A server that can be ended and started again on the same data and at the same port. */
public interface TestServer extends AutoCloseable {

  /** Where it listens, on the loopback address. */
  int port();

  /** Starts it; returns when it answers. */
  void start();

  /** Ends it in good order. */
  void stop();

  /** Ends it as {@code kill -9} does. */
  void kill();

  /** Ends it and removes its data. */
  @Override
  void close();
}
