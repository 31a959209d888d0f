package dev.parley.bootstrap.meeting;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.bootstrap.config.Plugins;
import dev.parley.ports.outbound.BackendPlugin;
import dev.parley.ports.outbound.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names that one run uses on a backend, so that it touches nothing of anybody else's: a topic
 * of its own, and a key prefix, room prefix or table of its own where the backend has a setting for
 * one.
 */
public final class OwnNames {

  private static final String URL = "PARLEY_DEMO_URL";
  private static final String FILE = "db_path";

  private final BackendPlugin plugin;
  private final String run = UUID.randomUUID().toString().substring(0, 8);
  private final String topic = "demo-" + run;

  /** The names that begin as Parley's own do, which is all that some servers permit. */
  private final Map<String, String> byKey =
      Map.of(
          "key_prefix", "parley:demo-%s:".formatted(run),
          "stream_prefix", "PARLEY_DEMO_%s_".formatted(run),
          "subject_prefix", "parley.demo_%s".formatted(run),
          "table_name", "parley_demo_%s".formatted(run),
          "room_prefix", "parley-demo-%s-".formatted(run),
          "alias_prefix", "parley_demo_%s_".formatted(run));

  /** Names for a run on this backend. */
  public OwnNames(BackendPlugin plugin) {
    this.plugin = plugin;
  }

  /** The setting that says where the server is; empty for a file and for a service of a vendor. */
  public Optional<Setting> address() {
    return Stream.of("url", "servers", "service", "homeserver_url")
        .map(this::setting)
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** Whether the backend is a file. */
  public boolean areInFile() {
    return setting(FILE).isPresent();
  }

  /** In a file of a folder. */
  public Venue onFile(Path folder) throws IOException {
    var own = new HashMap<String, Object>();
    own.put(FILE, folder.resolve("demo.db").toString());
    return venue(folder, own, System.getenv(), "one SQLite file", Optional.empty());
  }

  /** On a server that ends with the meeting. */
  public Venue on(ThrowawayServer server, Path folder) throws IOException {
    return onServer(
        server.url(), folder, "a throwaway server, " + server.shown(), Optional.empty());
  }

  /** On somebody's server, where the messages stay. */
  public Venue onServer(String url, Path folder) throws IOException {
    return onServer(url, folder, "your %s server".formatted(plugin.name()), Optional.of(remains()));
  }

  private Venue onServer(String url, Path folder, String place, Optional<String> remains)
      throws IOException {
    var environment = new HashMap<>(System.getenv());
    var written = url;
    if (!url.contains("${")) {
      environment.put(URL, url);
      written = "${" + URL + "}";
    }
    var own = new HashMap<String, Object>();
    var address = address().orElseThrow();
    own.put(
        address.name(), address.type() instanceof Setting.TextList ? List.of(written) : written);
    return venue(folder, own, environment, place, remains);
  }

  private Venue venue(
      Path folder,
      Map<String, Object> own,
      Map<String, String> environment,
      String place,
      Optional<String> remains)
      throws IOException {
    byKey.forEach((key, name) -> setting(key).ifPresent(setting -> own.put(setting.name(), name)));
    var config = new LinkedHashMap<String, Object>();
    config.put("backend", plugin.name());
    config.put("topics", List.of(topic));
    config.put("presence", Map.of("topic", topic + "-presence"));
    config.put("state_path", folder.resolve("state").toString());
    config.put("live_push", Map.of("max_per_minute", 1000));
    config.put("backend_config", own);
    // JSON is YAML, and takes care of quotes.
    var file = folder.resolve("parley.config.yaml");
    Files.writeString(file, new JsonMapper().writeValueAsString(config));
    return new Venue(file, environment, topic, place, remains);
  }

  private Optional<Setting> setting(String name) {
    return Plugins.settingsOf(plugin).stream().filter(s -> s.name().equals(name)).findFirst();
  }

  private String remains() {
    var places = new ArrayList<>(List.of("topic " + topic));
    byKey.entrySet().stream()
        .filter(entry -> setting(entry.getKey()).isPresent())
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> "%s %s".formatted(entry.getKey(), entry.getValue()))
        .forEach(places::add);
    return "What was posted stays on your server: %s. docs/backends/%s.md says how to remove it."
        .formatted(places.stream().collect(Collectors.joining(", ")), plugin.name());
  }
}
