package dev.parley.bootstrap.demo;

import dev.parley.bootstrap.config.ConfigurationReader;
import dev.parley.bootstrap.config.ConfigurationRefused;
import dev.parley.bootstrap.config.Plugins;
import dev.parley.bootstrap.meeting.MeetingFailed;
import dev.parley.bootstrap.meeting.OwnNames;
import dev.parley.bootstrap.meeting.ThrowawayServer;
import dev.parley.bootstrap.meeting.Traces;
import dev.parley.bootstrap.meeting.Venue;
import dev.parley.ports.outbound.BackendPlugin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows real sessions that confer, on any backend. */
@Command(
    name = "demo",
    description = {
      "Start real sessions that hand work over, claim it, ask and answer.",
      "Without options they meet in a temporary SQLite database. With --backend they meet on the"
          + " server that --url names, under names of their own, or on a throwaway server if its"
          + " program is installed."
    },
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      defaultValue = "sqlite",
      description = "The backend (default: ${DEFAULT-VALUE}); 'parley backends' lists them.")
  String backend = "sqlite";

  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "A server to use, as in the backend's settings. '$${NAME}' takes it from an environment"
              + " variable, so that no password stands on the command line.")
  @Nullable String url;

  @Override
  public Integer call() throws IOException, ConfigurationRefused {
    var plugins = Plugins.installed();
    var plugin = plugins.named(backend).orElseThrow(() -> unknown(plugins));
    var traces = new Traces();
    Runtime.getRuntime().addShutdownHook(new Thread(traces::remove));
    try {
      var venue = venue(plugin, traces);
      System.out.printf(
          "Three agents and a person, each with processes of their own, on %s:%n", venue.place());
      var closing = new Story(venue, new Narrator()).tell();
      venue.remains().ifPresent(System.out::println);
      System.out.println("demo: all steps happened. " + closing);
      return 0;
    } catch (MeetingFailed e) {
      System.out.println("demo: FAILED. " + e.getMessage());
      return 1;
    }
  }

  private Venue venue(BackendPlugin plugin, Traces traces)
      throws MeetingFailed, IOException, ConfigurationRefused {
    var names = new OwnNames(plugin);
    var address = names.address();
    if (address.isEmpty() && !names.areInFile()) {
      throw new MeetingFailed(
          "%s is a service that needs an account, so the demonstration cannot be given there;"
                  .formatted(plugin.name())
              + " docs/backends/%s.md says how to set up a topic".formatted(plugin.name()));
    }
    if (url != null && address.isEmpty()) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "%s has no server, so --url cannot be used; leave it out".formatted(plugin.name()));
    }
    var folder = traces.folder("parley-demo");
    var venue =
        address.isEmpty()
            ? names.onFile(folder)
            : url == null
                ? names.on(ThrowawayServer.start(plugin.name(), traces), folder)
                : names.onServer(url, folder);
    checkConfiguration(venue);
    return venue;
  }

  /** Refuses here what every session would refuse, each with the same words. */
  private static void checkConfiguration(Venue venue) throws ConfigurationRefused {
    new ConfigurationReader(Plugins.installed(), venue.environment(), Path.of(""))
        .read(venue.config().toString(), null);
  }

  private CommandLine.ParameterException unknown(Plugins plugins) {
    return new CommandLine.ParameterException(spec.commandLine(), plugins.unknown(backend));
  }
}
