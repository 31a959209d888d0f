package dev.parley.bootstrap.serve;

import dev.parley.adapters.inbound.mcp.Catalogue;
import dev.parley.adapters.inbound.mcp.Limits;
import dev.parley.adapters.inbound.stdio.StdioServer;
import dev.parley.bootstrap.config.Configuration;
import dev.parley.bootstrap.config.ConfigurationRefused;
import dev.parley.bootstrap.instance.Instance;
import dev.parley.bootstrap.instance.InstanceOptions;
import dev.parley.bootstrap.instance.Version;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves one agent over stdin and stdout. */
@Command(
    name = "serve",
    description = "Serve one MCP client over standard input and output.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
public final class ServeCommand implements Callable<Integer> {

  @Mixin InstanceOptions options = new InstanceOptions();

  @Option(names = "--http", description = "Serve chat connectors over HTTP instead.")
  boolean http;

  @Override
  public Integer call() throws ConfigurationRefused, IOException, InterruptedException {
    // Standard output is the protocol; whatever else a library prints must not end up in it.
    System.setOut(System.err);
    var file = options.read();
    file.warnings().forEach(ServeCommand::say);
    if (http) {
      say("this build has no HTTP server yet; run 'parley serve' without --http");
      return 2;
    }
    try (var instance = Instance.ofAgent(file, ServeCommand::say)) {
      session(file.configuration(), instance)
          .serve(new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out));
    }
    return 0;
  }

  private static StdioServer session(Configuration configuration, Instance instance) {
    var can = instance.useCases();
    var catchup = configuration.catchup();
    var limits = new Limits(catchup.limit(), Duration.ofMillis(catchup.blockMaxMs()));
    return new StdioServer(
        new Catalogue(can.post(), can.fetch(), can.catchUp(), can.topics(), limits),
        can.topics(),
        can.catchUp(),
        can.follow(),
        new StdioServer.Options(
            Version.current(), configuration.livePush().enabled(), catchup.onStart()));
  }

  private static void say(String sentence) {
    System.err.println("parley: " + sentence);
  }
}
