package dev.parley.adapters.inbound.http;

import dev.parley.adapters.inbound.mcp.Catalogue;
import dev.parley.adapters.inbound.mcp.Requests;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jmolecules.architecture.hexagonal.PrimaryAdapter;
import org.jspecify.annotations.Nullable;

/**
 * MCP at {@code /mcp} over HTTP/1.1, for chat connectors: both eras of the protocol on one
 * endpoint. What else is served, and who may use the endpoint, comes as features.
 */
@PrimaryAdapter
public final class HttpServer implements AutoCloseable {

  /** How many connections may be open; further ones wait to be accepted. */
  private static final int CONNECTIONS = 8_192;

  /** The largest body: the largest content with every character escaped, and room around it. */
  private static final long MOST_BYTES = 8L * 1024 * 1024;

  /** How long a connection may be silent while the server reads. */
  private static final Duration READING = Duration.ofSeconds(60);

  /** How long requests in flight may take when the server stops; Docker kills after 10 s. */
  private static final Duration GRACE = Duration.ofSeconds(8);

  /** Certificates are renewed days before they expire. */
  private static final Duration RENEWAL_CHECK = Duration.ofMinutes(1);

  private final Options options;
  private final McpEndpoint endpoint;
  private final KeepAlive keepAlive;
  private final ServedRequests served;
  private final WebServer server;

  /**
   * A server that does not listen yet.
   *
   * @param features are installed in this order, before the endpoint; filters of theirs see every
   *     request, and find the client's address as {@link java.net.InetAddress} in its context
   */
  public HttpServer(
      Options options, Catalogue catalogue, Requests requests, List<HttpFeature> features) {
    this(options, catalogue, requests, features, _ -> {});
  }

  /**
   * The same, watched.
   *
   * @param watcher is told of every request that was answered
   */
  public HttpServer(
      Options options,
      Catalogue catalogue,
      Requests requests,
      List<HttpFeature> features,
      Consumer<Served> watcher) {
    this.options = options;
    this.keepAlive = new KeepAlive();
    this.endpoint = new McpEndpoint(options.version(), catalogue, requests, keepAlive);
    this.served = new ServedRequests(watcher);
    var routing =
        HttpRouting.builder()
            .addFilter(new Closing())
            .addFilter(served)
            .addFilter(new SecurityHeaders())
            .addFilter(new SoundFraming())
            .addFilter(new AllowedOrigins(options.host(), options.publicUrl()))
            .addFilter(new ClientAddresses(options.trustedProxies()));
    Refusals.install(routing);
    features.forEach(routing::addFeature);
    routing.register("/mcp", endpoint);
    var builder =
        WebServer.builder()
            .host(options.host())
            .port(options.port())
            .maxTcpConnections(CONNECTIONS)
            .maxPayloadSize(MOST_BYTES)
            .directHandlers(Refusals.direct(MOST_BYTES))
            // Helidon would log headers, and so tokens.
            .protocolsDiscoverServices(false)
            .addProtocol(Http1Config.builder().receiveLog(false).sendLog(false).build())
            .shutdownHook(false)
            .shutdownGracePeriod(GRACE)
            .connectionOptions(connection -> connection.readTimeout(READING).tcpNoDelay(true))
            .routing(routing);
    options.tls().ifPresent(files -> builder.tls(files.tls()));
    this.server = builder.build();
  }

  /**
   * How a server listens.
   *
   * @param version what Parley calls itself to clients
   * @param host the address to listen on
   * @param port 0 for any that is free
   * @param publicUrl where clients reach the server
   * @param trustedProxies addresses, or networks in CIDR form, whose forwarding headers are
   *     believed
   * @param tls empty for plain HTTP
   */
  public record Options(
      String version,
      String host,
      int port,
      String publicUrl,
      List<String> trustedProxies,
      Optional<TlsFiles> tls) {}

  /**
   * Starts to listen.
   *
   * @return the port
   * @throws IllegalArgumentException when the address cannot be listened on
   */
  public int start() {
    bindOnce();
    server.start();
    if (!server.isRunning()) {
      throw notFree("another program was faster");
    }
    options.tls().ifPresent(files -> keepAlive.every(RENEWAL_CHECK, this::renewCertificate));
    return server.port();
  }

  /** Helidon says why it cannot listen in its log only. */
  private void bindOnce() {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(options.host(), options.port()));
    } catch (IOException e) {
      throw notFree(e.getMessage());
    }
  }

  private IllegalArgumentException notFree(@Nullable String why) {
    return new IllegalArgumentException(
        "http: %s:%d cannot be listened on (%s); stop what listens there, or set http.host and http.port to what this machine has free"
            .formatted(options.host(), options.port(), why));
  }

  /** Takes a certificate into use that was renewed; connections that are open keep theirs. */
  void renewCertificate() {
    options.tls().flatMap(TlsFiles::renewed).ifPresent(server::reloadTls);
  }

  /** How many requests are not answered yet, open streams among them. */
  public int inFlight() {
    return served.inFlight();
  }

  /** How many streams are open for news. */
  public int streams() {
    return endpoint.streams();
  }

  /** How many sessions of the legacy era are open. */
  public int sessions() {
    return endpoint.sessions();
  }

  /** How many notifications were sent to open streams since the start. */
  public long pushes() {
    return endpoint.pushes();
  }

  /** Tells open streams that they end, lets what is in flight be answered, and stops. */
  @Override
  public void close() {
    endpoint.end();
    server.stop();
    keepAlive.close();
  }
}
