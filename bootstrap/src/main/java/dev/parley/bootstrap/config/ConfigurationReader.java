package dev.parley.bootstrap.config;

import dev.parley.ports.outbound.BackendConfig;
import dev.parley.ports.outbound.BackendPlugin;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a configuration: finds the file, checks all of it, and refuses it with one sentence for
 * each mistake.
 */
public final class ConfigurationReader {

  /** The file that is read when none is named. */
  public static final String DEFAULT_FILE = "parley.config.yaml";

  private static final long MOST_BYTES = 1024 * 1024;

  private final Plugins plugins;
  private final Map<String, String> environment;
  private final Path workingFolder;

  /** Reads with these plugins, environment variables and working folder. */
  public ConfigurationReader(Plugins plugins, Map<String, String> environment, Path workingFolder) {
    this.plugins = plugins;
    this.environment = Map.copyOf(environment);
    this.workingFolder = workingFolder.toAbsolutePath();
  }

  /** Reads with the installed backends, the environment and folder of this process. */
  public static ConfigurationReader ofThisProcess() {
    return new ConfigurationReader(Plugins.installed(), System.getenv(), Path.of(""));
  }

  /**
   * Reads the named file, else the one that {@code PARLEY_CONFIG} names, else the default one.
   *
   * @param named the file, as the user wrote it
   * @param handle overrides the handle of the file and of {@code PARLEY_HANDLE}
   * @throws ConfigurationRefused when there is no file or something is wrong in it
   */
  public ConfigurationFile read(@Nullable String named, @Nullable String handle)
      throws ConfigurationRefused {
    var shown = shown(named);
    var mistakes = new Mistakes(shown);
    var path = locate(shown);
    return read(shown, path, document(named, path, mistakes), handle, mistakes);
  }

  /**
   * Finds the file in the same way, and says where it wants the hash of the owner's passphrase to
   * be. Nothing else in it is checked: the hash may not be there yet.
   *
   * @throws ConfigurationRefused when there is no file, or it is no YAML or JSON
   */
  public OwnerHash ownerHash(@Nullable String named) throws ConfigurationRefused {
    var mistakes = new Mistakes(shown(named));
    var path = locate(shown(named));
    var hash =
        OwnerHash.in(
            path,
            document(named, path, mistakes),
            new References(environment, path.resolveSibling("."), mistakes));
    if (!mistakes.isEmpty()) {
      throw new ConfigurationRefused(mistakes.sentences());
    }
    return hash;
  }

  private String shown(@Nullable String named) {
    return named == null ? environment.getOrDefault("PARLEY_CONFIG", DEFAULT_FILE) : named;
  }

  private Node.Mapping document(@Nullable String named, Path path, Mistakes mistakes)
      throws ConfigurationRefused {
    var shown = shown(named);
    var text = content(path, shown, named == null && !environment.containsKey("PARLEY_CONFIG"));
    var json = shown.toLowerCase(Locale.ROOT).endsWith(".json");
    var document = new DocumentReader(mistakes).read(text, json);
    if (document.isEmpty()) {
      throw new ConfigurationRefused(mistakes.sentences());
    }
    return document.get();
  }

  private ConfigurationFile read(
      String shown, Path path, Node.Mapping document, @Nullable String handle, Mistakes mistakes)
      throws ConfigurationRefused {
    var references = new References(environment, path.resolveSibling("."), mistakes);
    var choice = new BackendChoice(plugins, mistakes);
    var plugin = choice.of(document, references);
    var file = Keys.file(Section.ofBackend(plugin.map(Plugins::settingsOf).orElse(List.of())));
    var check = new SectionCheck(references, mistakes, file.paths());
    var checked =
        new Checked(
            check.check(file, plugin.isPresent() ? document : withoutBackend(document), ""));
    var configuration =
        configuration(checked, plugin.map(BackendPlugin::name).orElse(""), handle, mistakes);
    new Combinations(configuration, check, mistakes).check();
    if (plugin.isEmpty() || !mistakes.isEmpty()) {
      throw new ConfigurationRefused(mistakes.sentences());
    }
    return new ConfigurationFile(
        path,
        configuration,
        new LocatedPlugin(plugin.get(), new SettingPlaces(shown, check::lineOf)),
        new BackendConfig(checked.section(Keys.BACKEND_CONFIG).values()),
        mistakes.warnings());
  }

  private Path locate(String shown) throws ConfigurationRefused {
    try {
      return workingFolder.resolve(shown).normalize();
    } catch (InvalidPathException e) {
      throw new ConfigurationRefused(List.of("'%s' is not a path on this system".formatted(shown)));
    }
  }

  private String content(Path path, String shown, boolean searched) throws ConfigurationRefused {
    try {
      if (Files.isDirectory(path)) {
        throw refused(shown, "is a folder; name the configuration file in it");
      }
      if (Files.size(path) > MOST_BYTES) {
        throw refused(shown, "is larger than 1 MiB, so it is no configuration of Parley");
      }
      return Files.readString(path);
    } catch (NoSuchFileException e) {
      throw searched
          ? refused(
              "there is no " + shown + " in " + workingFolder,
              "; run 'parley init' to write one, or name one with --config or PARLEY_CONFIG")
          : refused(shown, "does not exist; run 'parley init' to write a configuration");
    } catch (CharacterCodingException e) {
      throw refused(shown, "is not UTF-8 text");
    } catch (IOException e) {
      throw refused(shown, "cannot be read by this user; check its permissions");
    }
  }

  private static ConfigurationRefused refused(String shown, String why) {
    return new ConfigurationRefused(List.of(shown + (why.startsWith(";") ? "" : " ") + why));
  }

  private static Node.Mapping withoutBackend(Node.Mapping document) {
    var entries = new LinkedHashMap<>(document.entries());
    entries.remove("backend");
    entries.remove(Keys.BACKEND_CONFIG);
    return new Node.Mapping(document.line(), entries);
  }

  /** The values, those of the file overridden by the environment and both by the command line. */
  private Configuration configuration(
      Checked file, String backend, @Nullable String handle, Mistakes mistakes) {
    var ofEnvironment = environment("PARLEY_HANDLE", Rules.HANDLE, mistakes);
    var ofCommandLine = override("--handle", handle, Rules.HANDLE, mistakes);
    var publicUrl = environment("PARLEY_PUBLIC_URL", Rules.PUBLIC_URL, mistakes);
    return Configuration.of(
        file,
        backend,
        ofCommandLine.or(() -> ofEnvironment).orElse(file.section("identity").text("handle")),
        publicUrl.isPresent() ? publicUrl.get() : file.section("http").textOrNull("public_url"),
        stateFolder());
  }

  private Optional<String> environment(String name, Section.Rule rule, Mistakes mistakes) {
    return override(name, environment.get(name), rule, mistakes);
  }

  private static Optional<String> override(
      String origin, @Nullable String value, Section.Rule rule, Mistakes mistakes) {
    if (value == null || rule.admits(value)) {
      return Optional.ofNullable(value);
    }
    mistakes.addOutside("%s is '%s', but must be %s".formatted(origin, value, rule.allowed()));
    return Optional.empty();
  }

  private Path stateFolder() {
    var xdg = environment.get("XDG_STATE_HOME");
    return xdg != null && Path.of(xdg).isAbsolute()
        ? Path.of(xdg, "parley")
        : Path.of(System.getProperty("user.home"), ".local", "state", "parley");
  }
}
