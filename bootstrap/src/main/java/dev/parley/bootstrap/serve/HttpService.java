package dev.parley.bootstrap.serve;

import dev.parley.adapters.inbound.http.Health;
import dev.parley.adapters.inbound.http.HttpServer;
import dev.parley.adapters.inbound.http.MetricsPage;
import dev.parley.adapters.inbound.http.TlsFiles;
import dev.parley.adapters.inbound.mcp.Catalogue;
import dev.parley.adapters.inbound.mcp.Limits;
import dev.parley.adapters.inbound.mcp.Requests;
import dev.parley.adapters.outbound.metrics.Metrics;
import dev.parley.bootstrap.config.Configuration;
import dev.parley.bootstrap.config.ConfigurationReader;
import dev.parley.bootstrap.config.ConfigurationRefused;
import dev.parley.bootstrap.instance.Instance;
import dev.parley.bootstrap.instance.Version;
import dev.parley.bootstrap.logging.Notices;
import dev.parley.bootstrap.logging.StderrLogging;
import io.helidon.webserver.http.HttpFeature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The server for chat connectors, from its start until the process is told to end. */
final class HttpService {

  private HttpService() {}

  /**
   * Serves until the process is told to end; gives the exit code.
   *
   * @throws ConfigurationRefused when the configuration cannot be used
   */
  static int run(ServeArguments arguments) throws ConfigurationRefused, InterruptedException {
    if (arguments.verbose()) {
      StderrLogging.beVerbose();
    }
    var termination = Termination.inOrder();
    try {
      var file = ConfigurationReader.ofThisProcess().read(arguments.config(), arguments.handle());
      file.warnings().forEach(Notices::say);
      var configuration = file.configuration();
      var metrics = new Metrics(Version.current());
      try (var gate = Gate.of(configuration);
          var instance = Instance.ofServer(file, metrics::measured, Notices::say);
          var server = server(configuration, instance, metrics, gate.features())) {
        serve(configuration, instance, server, termination);
      }
      termination.ended(0);
      return 0;
    } finally {
      termination.ended(1);
    }
  }

  private static void serve(
      Configuration configuration, Instance instance, HttpServer server, Termination termination)
      throws InterruptedException {
    var port = server.start();
    Notices.say(
        "serving MCP at %s/mcp (listening on %s:%d)"
            .formatted(Gate.publicUrl(configuration), configuration.http().host(), port));
    try (var _ = instance.useCases().presence().announce()) {
      termination.await();
      Notices.say("stopping: no new requests, streams are told, what is in flight is answered");
    }
  }

  private static HttpServer server(
      Configuration configuration, Instance instance, Metrics metrics, List<HttpFeature> gate) {
    var can = instance.useCases();
    var catchup = configuration.catchup();
    var limits = new Limits(catchup.limit(), Duration.ofMillis(catchup.blockMaxMs()));
    var catalogue =
        new Catalogue(
            can.post(),
            can.fetch(),
            can.catchUp(),
            can.handOffWork(),
            can.handOffs(),
            can.topics(),
            can.users(),
            limits);
    var features = new ArrayList<>(gate);
    features.add(new Health(can.observe(), can.topics()));
    features.add(new MetricsPage(configuration.http().metricsFrom(), metrics::page));
    var server =
        new HttpServer(
            options(configuration.http(), Gate.publicUrl(configuration)),
            catalogue,
            new Requests(can.observe(), can.topics(), can.users()),
            features,
            served -> metrics.served(served.status(), served.duration(), served.streamed()));
    measure(metrics, server, catalogue);
    return server;
  }

  private static HttpServer.Options options(Configuration.Http http, String publicUrl) {
    var cert = http.tls().cert();
    var key = http.tls().key();
    var tls =
        cert == null || key == null
            ? Optional.<TlsFiles>empty()
            : Optional.of(new TlsFiles(cert, key));
    tls.flatMap(TlsFiles::caveat).ifPresent(Notices::say);
    return new HttpServer.Options(
        Version.current(), http.host(), http.port(), publicUrl, http.trustedProxies(), tls);
  }

  private static void measure(Metrics metrics, HttpServer server, Catalogue catalogue) {
    metrics.gauge(
        "parley_http_requests_in_flight",
        "Requests that are not answered yet, open streams among them.",
        server::inFlight);
    metrics.gauge("parley_http_streams", "Streams that are open for news.", server::streams);
    metrics.gauge(
        "parley_http_sessions",
        "Sessions of protocol versions up to 2025-11-25.",
        server::sessions);
    metrics.counter(
        "parley_pushes_total", "Notifications that were sent to open streams.", server::pushes);
    metrics.gauge(
        "parley_waiting_calls", "Calls that wait for a message (block_ms).", catalogue::waiting);
    metrics.counter(
        "parley_waits_total", "Calls that waited for a message (block_ms).", catalogue::waits);
  }
}
