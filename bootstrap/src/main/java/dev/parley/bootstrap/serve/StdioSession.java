package dev.parley.bootstrap.serve;

import dev.parley.adapters.inbound.mcp.Catalogue;
import dev.parley.adapters.inbound.mcp.Limits;
import dev.parley.adapters.inbound.mcp.Requests;
import dev.parley.adapters.inbound.stdio.StdioServer;
import dev.parley.bootstrap.config.Configuration;
import dev.parley.bootstrap.config.ConfigurationReader;
import dev.parley.bootstrap.config.ConfigurationRefused;
import dev.parley.bootstrap.instance.Instance;
import dev.parley.bootstrap.instance.Version;
import dev.parley.bootstrap.logging.Notices;
import dev.parley.bootstrap.logging.StderrLogging;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.time.Duration;

/** The session of one agent, from its start to the end of its input. */
public final class StdioSession {

  private StdioSession() {}

  /**
   * Serves until the end of input; gives the exit code.
   *
   * @throws ConfigurationRefused when the configuration cannot be used
   */
  public static int run(ServeArguments arguments)
      throws ConfigurationRefused, IOException, InterruptedException {
    // Standard output is the protocol; whatever else a library prints must not end up in it.
    System.setOut(System.err);
    if (arguments.verbose()) {
      StderrLogging.beVerbose();
    }
    var file = ConfigurationReader.ofThisProcess().read(arguments.config(), arguments.handle());
    file.warnings().forEach(Notices::say);
    try (var instance = Instance.ofAgent(file, Notices::say)) {
      var server = server(file.configuration(), instance);
      Runtime.getRuntime().addShutdownHook(new Leaving(server));
      server.serve(
          new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out));
    }
    return 0;
  }

  /** A process that is told to end, by SIGTERM for one, says goodbye all the same. */
  private static final class Leaving extends Thread {

    private final StdioServer server;

    Leaving(StdioServer server) {
      super("leaving");
      this.server = server;
    }

    @Override
    public void run() {
      server.leave();
    }
  }

  private static StdioServer server(Configuration configuration, Instance instance) {
    var can = instance.useCases();
    var catchup = configuration.catchup();
    var limits = new Limits(catchup.limit(), Duration.ofMillis(catchup.blockMaxMs()));
    return new StdioServer(
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
        can.topics(),
        can.catchUp(),
        can.follow(),
        can.presence(),
        new StdioServer.Options(
            Version.current(), configuration.livePush().enabled(), catchup.onStart()));
  }
}
