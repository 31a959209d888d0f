package dev.parley.bootstrap.doctor.remote;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.parley.bootstrap.config.Configuration;
import dev.parley.bootstrap.config.ConfigurationReader;
import dev.parley.bootstrap.config.ConfigurationRefused;
import dev.parley.bootstrap.config.SamplePlugin;
import dev.parley.ports.outbound.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509ExtendedTrustManager;

/** A web server on this machine that is not Parley, or not as it should be. */
final class Site implements AutoCloseable {

  private final HttpServer server;
  private final String scheme;
  private final Map<String, Page> pages = new HashMap<>();
  private X509ExtendedTrustManager trusted = CertificateCheck.trustedByDefault();
  private InstantSource clock = InstantSource.system();

  /** What is answered at a path. */
  private record Page(int status, Map<String, String> headers, String body) {}

  private Site(HttpServer server, String scheme) {
    this.server = server;
    this.scheme = scheme;
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  static Site plain() throws IOException {
    return new Site(HttpServer.create(anyPort(), 0), "http");
  }

  static Site withTls(SSLContext tls) throws IOException {
    var server = HttpsServer.create(anyPort(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    return new Site(server, "https");
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  Site answering(String path, int status, Map<String, String> headers, String body) {
    pages.put(path, new Page(status, headers, body.replace("URL", url())));
    return this;
  }

  Site answering(String path, String body) {
    return answering(path, 200, Map.of("Content-Type", "application/json"), body);
  }

  Site trusting(X509ExtendedTrustManager authorities) {
    trusted = authorities;
    return this;
  }

  Site at(InstantSource now) {
    clock = now;
    return this;
  }

  String url() {
    return "%s://localhost:%d".formatted(scheme, server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    var page =
        pages.getOrDefault(
            exchange.getRequestURI().getPath(), new Page(404, Map.of(), "nothing here"));
    page.headers()
        .forEach(
            (name, value) -> exchange.getResponseHeaders().set(name, value.replace("URL", url())));
    var body = page.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(page.status(), body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  /** What doctor finds when this site is the public URL, with further lines of configuration. */
  List<Finding> examined(Path folder, String... lines) throws InterruptedException {
    return examined(
        configuration(folder, "http: { public_url: \"%s\" }".formatted(url()), lines),
        trusted,
        clock);
  }

  /** What doctor finds with these lines of configuration. */
  static List<Finding> configured(Path folder, String http) throws InterruptedException {
    return examined(
        configuration(folder, http), CertificateCheck.trustedByDefault(), InstantSource.system());
  }

  private static List<Finding> examined(
      Configuration configuration, X509ExtendedTrustManager trusted, InstantSource clock)
      throws InterruptedException {
    var findings = new ArrayList<Finding>();
    new RemoteChecks(configuration, trusted, clock, findings::add).run();
    return findings;
  }

  private static Configuration configuration(Path folder, String http, String... lines) {
    try {
      Files.writeString(
          folder.resolve(ConfigurationReader.DEFAULT_FILE),
          "topics: [a]\nbackend: redis\nbackend_config: { url: u }\n%s\n%s\n"
              .formatted(http, String.join("\n", lines)));
      return new ConfigurationReader(SamplePlugin.BOTH, Map.of(), folder)
          .read(null, null)
          .configuration();
    } catch (ConfigurationRefused e) {
      throw new AssertionError(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
