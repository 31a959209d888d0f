package dev.parley.bootstrap.serve;

import dev.parley.bootstrap.config.ConfigurationRefused;
import dev.parley.bootstrap.instance.InstanceOptions;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves one agent over stdin and stdout, or chat connectors over HTTP. */
@Command(
    name = "serve",
    description = "Serve one MCP client over standard input and output, or many over HTTP.",
    mixinStandardHelpOptions = true)
public final class ServeCommand implements Callable<Integer> {

  @Mixin InstanceOptions options = new InstanceOptions();

  @Option(names = "--http", description = "Serve chat connectors over HTTP instead.")
  boolean http;

  @Override
  public Integer call() throws ConfigurationRefused, IOException, InterruptedException {
    var arguments = new ServeArguments(options.config(), options.handle(), options.verbose());
    return http ? HttpService.run(arguments) : StdioSession.run(arguments);
  }
}
