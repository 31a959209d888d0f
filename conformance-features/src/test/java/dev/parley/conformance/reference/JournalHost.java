package dev.parley.conformance.reference;

import dev.parley.conformance.fault.TcpProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** A journal server with its folder, behind a proxy whose port outlives the server's process. */
public final class JournalHost implements AutoCloseable {

  private final Path folder;
  private final TcpProxy proxy;
  private ServerProcess server;

  /** Starts a server on a new folder. */
  public JournalHost() {
    try {
      folder = Files.createTempDirectory("parley-journals");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server = ServerProcess.start(folder);
    proxy = new TcpProxy(server.port());
  }

  Path folder() {
    return folder;
  }

  TcpProxy proxy() {
    return proxy;
  }

  int port() {
    return proxy.port();
  }

  void start() {
    server = ServerProcess.start(folder);
    proxy.target(server.port());
  }

  void stop() {
    server.stop();
  }

  void kill() {
    server.kill();
  }

  @Override
  public void close() {
    proxy.close();
    kill();
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
