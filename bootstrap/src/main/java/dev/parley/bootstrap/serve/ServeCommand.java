package dev.parley.bootstrap.serve;

import dev.parley.bootstrap.config.ConfigurationRefused;
import dev.parley.bootstrap.instance.InstanceOptions;
import dev.parley.bootstrap.logging.LogFormat;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves one agent over stdin and stdout, or chat connectors over HTTP. */
@Command(
    name = "serve",
    description = "Serve one MCP client over standard input and output, or many over HTTP.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit code 0 when the input ended; 1 failed; 2 wrong usage or configuration.",
      "Told to end, it says goodbye and ends with 143 (SIGTERM) or 130 (Ctrl-C);",
      "with --http it ends in order, and with 0."
    })
public final class ServeCommand implements Callable<Integer> {

  @Mixin InstanceOptions options = new InstanceOptions();

  @Option(names = "--http", description = "Serve chat connectors over HTTP instead.")
  boolean http;

  @Option(
      names = "--log",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = {
        "How to log to standard error: ${COMPLETION-CANDIDATES}. Default: text. As json, every line"
            + " is an object, and over HTTP there is one for each request; --verbose shows those"
            + " as text."
      })
  LogFormat log = LogFormat.TEXT;

  @Override
  public Integer call() throws ConfigurationRefused, IOException, InterruptedException {
    log.use();
    var arguments = new ServeArguments(options.config(), options.handle(), options.verbose());
    return http ? HttpService.run(arguments) : StdioSession.run(arguments);
  }
}
