package dev.parley.bootstrap.serve;

import dev.parley.adapters.inbound.http.HttpServer;
import dev.parley.adapters.inbound.mcp.Catalogue;
import dev.parley.adapters.inbound.mcp.Limits;
import dev.parley.adapters.inbound.mcp.Requests;
import dev.parley.bootstrap.config.Configuration;
import dev.parley.bootstrap.config.ConfigurationReader;
import dev.parley.bootstrap.config.ConfigurationRefused;
import dev.parley.bootstrap.instance.Instance;
import dev.parley.bootstrap.instance.Version;
import dev.parley.bootstrap.logging.StderrLogging;
import io.helidon.webserver.http.HttpFeature;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

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
    var file = ConfigurationReader.ofThisProcess().read(arguments.config(), arguments.handle());
    file.warnings().forEach(HttpService::say);
    var configuration = file.configuration();
    var told = new CountDownLatch(1);
    var ended = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(told, ended), "stop"));
    try (var gate = Gate.of(configuration);
        var instance = Instance.ofServer(file, HttpService::say);
        var server = server(configuration, instance, gate.features())) {
      var port = server.start();
      say(
          "serving MCP at %s/mcp (listening on %s:%d)"
              .formatted(Gate.publicUrl(configuration), configuration.http().host(), port));
      try (var _ = instance.useCases().presence().announce()) {
        told.await();
        say("stopping: no new requests, streams are told, what is in flight is answered");
      }
    } finally {
      ended.countDown();
    }
    return 0;
  }

  /** A process that is told to end waits until it has. */
  private static void stop(CountDownLatch told, CountDownLatch ended) {
    told.countDown();
    try {
      ended.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static HttpServer server(
      Configuration configuration, Instance instance, List<HttpFeature> features) {
    var can = instance.useCases();
    var catchup = configuration.catchup();
    var limits = new Limits(catchup.limit(), Duration.ofMillis(catchup.blockMaxMs()));
    var http = configuration.http();
    return new HttpServer(
        new HttpServer.Options(
            Version.current(),
            http.host(),
            http.port(),
            Gate.publicUrl(configuration),
            http.trustedProxies(),
            Optional.empty()),
        new Catalogue(
            can.post(),
            can.fetch(),
            can.catchUp(),
            can.handOffWork(),
            can.handOffs(),
            can.topics(),
            can.users(),
            limits),
        new Requests(can.observe(), can.topics(), can.users()),
        features);
  }

  private static void say(String sentence) {
    System.err.println("parley: " + sentence);
  }
}
