package dev.parley.bootstrap.init;

import dev.parley.bootstrap.config.Configuration;
import dev.parley.bootstrap.config.ConfigurationReader;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.topic.TopicName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Sets Parley up in the working folder; never overwrites anything. */
@Command(
    name = "init",
    description =
        "Write parley.config.yaml and the entry in .mcp.json into this folder; overwrites nothing.",
    mixinStandardHelpOptions = true)
public final class InitCommand implements Callable<Integer> {

  @Option(
      names = "--handle",
      paramLabel = "HANDLE",
      defaultValue = "agent",
      description = "The agent's name; default: ${DEFAULT-VALUE}.")
  String handle = "agent";

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      defaultValue = "general",
      description = "A topic to subscribe to, any number of times; default: ${DEFAULT-VALUE}.")
  List<String> topics = List.of();

  @Override
  public Integer call() throws IOException {
    var folder = Path.of("").toAbsolutePath();
    try {
      return setUp(folder);
    } catch (AccessDeniedException denied) {
      throw new IllegalArgumentException(
          "may not read or write %s: run 'parley init' in a folder of your own, or correct its permissions"
              .formatted(denied.getFile()),
          denied);
    }
  }

  private int setUp(Path folder) throws IOException {
    var config = folder.resolve(ConfigurationReader.DEFAULT_FILE);
    if (Files.isDirectory(config)) {
      throw new IllegalArgumentException(
          config + " is a folder: move it away, so that the configuration can be written there");
    }
    writeConfiguration(config);
    var entry = new McpEntry(launcher(), config);
    var code = addTo(folder.resolve(".mcp.json"), entry);
    System.out.println(
        """

        Next: run 'parley doctor', then start Claude Code in this folder:
          claude --dangerously-load-development-channels server:parley
        Other sessions join with a handle of their own: PARLEY_HANDLE=coder claude ...\
        """);
    return code;
  }

  private void writeConfiguration(Path config) throws IOException {
    var text =
        """
        # Parley's configuration. Every key: docs/configuration.md; 'parley doctor' checks it.
        backend: sqlite            # 'parley backends' lists what there is
        identity: { handle: "%s" } # PARLEY_HANDLE and --handle override it
        topics: [%s]
        """
            .formatted(
                new Handle(handle),
                topics.stream()
                    .distinct()
                    .map(InitCommand::usable)
                    .map(InitCommand::quoted)
                    .collect(Collectors.joining(", ")));
    try {
      Files.write(config, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE_NEW);
      System.out.println("wrote " + config);
    } catch (FileAlreadyExistsException e) {
      System.out.println("left " + config + " as it is");
    }
  }

  private static int addTo(Path mcpFile, McpEntry entry) throws IOException {
    return switch (entry.addTo(mcpFile)) {
      case ADDED -> {
        System.out.println("added the server 'parley' to " + mcpFile);
        yield 0;
      }
      case PRESENT -> {
        System.out.println("left the server 'parley' in " + mcpFile + " as it is");
        yield 0;
      }
      case UNREADABLE -> {
        System.err.println(
            "parley: %s is not a JSON object with an object 'mcpServers', so it was left as it is; add this to it by hand:\n%s"
                .formatted(mcpFile, entry.text()));
        yield 1;
      }
    };
  }

  private static String launcher() {
    return System.getProperty("parley.launcher", "parley");
  }

  private static TopicName usable(String topic) {
    if (topic.equals(Configuration.Presence.USUAL_TOPIC)) {
      throw new IllegalArgumentException(
          "'%s' is reserved for presence; give --topic another name".formatted(topic));
    }
    return new TopicName(topic);
  }

  private static String quoted(TopicName topic) {
    return '"' + topic.value().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
