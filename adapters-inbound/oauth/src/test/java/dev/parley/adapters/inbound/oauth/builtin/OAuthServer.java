package dev.parley.adapters.inbound.oauth.builtin;

import dev.parley.adapters.outbound.state.HashedPassphrase;
import dev.parley.adapters.outbound.state.SqliteAuthorizations;
import dev.parley.application.GrantingAccess;
import dev.parley.domain.authorization.ClientId;
import dev.parley.domain.authorization.RedirectUri;
import dev.parley.domain.authorization.RegisteredClient;
import dev.parley.ports.outbound.ClientDocuments.Unusable;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An authorization server with its real parts in front of a bare endpoint. Its clock moves when the
 * test says so, and a client's address is what a header says.
 */
final class OAuthServer implements AutoCloseable {

  static final String PUBLIC_URL = "https://parley.example.com";
  static final String PASSPHRASE = "correct horse";
  static final String DOCUMENT = "https://app.example.com/client.json";
  static final String LOCAL_DOCUMENT = "https://local.example.com/client.json";
  static final HeaderName ADDRESS = HeaderNames.create("X-Test-Address");

  /** Of the passphrase, by another implementation; as cheap as may be. */
  private static final String HASH =
      "$argon2id$v=19$m=1024,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$3c0ycNEDxOgJhiuRr9xNfvQH/V2UyjGe0ueFCh75FAM";

  private final Path state;
  private volatile Instant now = Instant.parse("2026-11-28T12:00:00Z");
  private final AtomicLong nanos = new AtomicLong();
  private SqliteAuthorizations authorizations;
  private WebServer server;

  OAuthServer(Path state) {
    this.state = state;
    this.authorizations = new SqliteAuthorizations(state);
    this.server = start(0);
  }

  private WebServer start(int port) {
    var access =
        new GrantingAccess(
            authorizations, OAuthServer::fetched, new HashedPassphrase(HASH), () -> now);
    return WebServer.builder()
        .host("127.0.0.1")
        .port(port)
        .shutdownHook(false)
        .routing(
            HttpRouting.builder()
                .addFilter(OAuthServer::address)
                .addFeature(
                    new BuiltinAuthorization(
                        access, PUBLIC_URL, "scribe", Set.of("/health"), nanos::get))
                .register("/mcp", rules -> rules.any(OAuthServer::serve))
                .get("/health", (_, response) -> response.send("all is fine")))
        .build()
        .start();
  }

  private static RegisteredClient fetched(ClientId id) {
    return switch (id.value()) {
      case DOCUMENT ->
          new RegisteredClient(
              id,
              "Example",
              List.of(
                  new RedirectUri("https://app.example.com/cb"),
                  new RedirectUri("http://localhost/cb")));
      case LOCAL_DOCUMENT ->
          new RegisteredClient(id, "Local", List.of(new RedirectUri("http://127.0.0.1/cb")));
      default -> throw new Unusable("the client's document could not be fetched from 'nowhere'");
    };
  }

  private static void address(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    var text = request.headers().first(ADDRESS).orElse("192.0.2.1");
    request.context().register(InetAddress.ofLiteral(text));
    chain.proceed();
  }

  private static void serve(ServerRequest request, ServerResponse response) {
    response.send(
        "served to " + request.context().get(Principal.class).map(Principal::getName).orElse("?"));
  }

  int port() {
    return server.port();
  }

  void pass(Duration time) {
    now = now.plus(time);
    nanos.addAndGet(time.toNanos());
  }

  /** A new process on the same state, at the same port. */
  void restart() {
    var port = server.port();
    close();
    authorizations = new SqliteAuthorizations(state);
    server = start(port);
  }

  /** From now on nothing can be kept or looked up. */
  void loseState() {
    authorizations.close();
  }

  @Override
  public void close() {
    server.stop();
    authorizations.close();
  }
}
