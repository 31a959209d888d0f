package dev.parley.adapters.inbound.oauth.builtin;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test of a server that runs, by a client of it. */
abstract class ServedTest {

  @TempDir Path state;

  OAuthServer server;
  OAuthClient client;

  @BeforeEach
  void serve() {
    server = new OAuthServer(state);
    client = new OAuthClient(server.port());
  }

  @AfterEach
  void stop() {
    server.close();
  }
}
