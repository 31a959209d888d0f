package dev.parley.adapters.outbound.xmpp;

import dev.parley.conformance.server.Ports;
import dev.parley.conformance.server.Program;
import dev.parley.conformance.server.ProsodyFiles;
import dev.parley.conformance.server.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Prosody, with stream management on. */
final class ProsodyServer implements XmppServer {

  private static final String USUAL =
      """
      modules_enabled = { "roster"; "saslauth"; "tls"; "disco"; "carbons"; "pep"; "ping"; "time"; "version"; "mam"; "smacks"; "posix" }
      modules_disabled = { "s2s"; "offline" }
      allow_unencrypted_plain_auth = true
      c2s_require_encryption = false
      VirtualHost "parley.test"
      Component "rooms.parley.test" "muc"
        modules_enabled = { "muc_mam"; "parley_test" }
        muc_tombstones = false
        restrict_room_creation = false
      """;

  /** TLS only, with a service that keeps no archive, and one where nobody may make rooms. */
  static final String RESTRICTED =
      """
      modules_enabled = { "saslauth"; "tls"; "disco"; "ping"; "version"; "posix" }
      modules_disabled = { "s2s"; "offline" }
      c2s_require_encryption = true
      ssl = { certificate = "server-cert.pem"; key = "server-key.pem" }
      VirtualHost "parley.test"
      Component "nomam.parley.test" "muc"
      Component "closed.parley.test" "muc"
        modules_enabled = { "muc_mam" }
        restrict_room_creation = true
      Component "rooms.parley.test" "muc"
        modules_enabled = { "muc_mam"; "parley_test" }
      """;

  private final Program program;
  private final Path folder;
  private final ProsodyFiles files;
  private final int port;
  private Optional<ServerProcess> process = Optional.empty();

  private ProsodyServer(Program program, Path folder, String configuration) {
    this.program = program;
    this.folder = folder;
    this.files = new ProsodyFiles(folder);
    this.port = Ports.free();
    prepare(configuration);
  }

  /** That of Debian 12, 0.12. */
  static ProsodyServer old() {
    return old(USUAL);
  }

  /** The same with a configuration of one's own. */
  static ProsodyServer old(String configuration) {
    return new ProsodyServer(Program.installed("prosody", "prosody"), newFolder(), configuration);
  }

  /** A current one, 13. */
  static ProsodyServer current() {
    var folder = newFolder();
    return new ProsodyServer(unpacked(folder), folder, USUAL);
  }

  /** It is a script that names folders of the system, and so is run from a copy that does not. */
  private static Program unpacked(Path folder) {
    var lua = Program.unpacked("lua5.4");
    var root = Path.of(lua.command().getFirst()).resolveSibling("root");
    var sources = root.resolve("usr/lib/prosody");
    try (var libraries = Files.newDirectoryStream(root.resolve("usr/lib"), "*-linux-gnu")) {
      var script =
          Files.readString(root.resolve("usr/bin/prosody"))
              .replace("CFG_SOURCEDIR='/usr/lib", "CFG_SOURCEDIR='" + root + "/usr/lib")
              .replace("CFG_PLUGINDIR='/usr/lib", "CFG_PLUGINDIR='" + root + "/usr/lib");
      var copy = Files.writeString(folder.resolve("prosody"), script);
      var binaries = libraries.iterator().next().resolve("lua/5.4/?.so");
      var command = new ArrayList<String>();
      command.add("env");
      command.add(
          "LUA_PATH=%s/?.lua;%s/usr/share/lua/5.4/?.lua;%s/usr/share/lua/5.4/?/init.lua"
              .formatted(sources, root, root));
      command.add("LUA_CPATH=%s;%s/?.so".formatted(binaries, sources));
      command.addAll(lua.command());
      command.add(copy.toString());
      return new Program(command);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("parley-prosody");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void prepare(String configuration) {
    ACCOUNTS.forEach(account -> files.addAccount(DOMAIN, account, PASSWORD));
    files.configure(port, configuration);
    try (var module = ProsodyServer.class.getResourceAsStream("mod_parley_test.lua")) {
      Files.write(
          Files.createDirectories(folder.resolve("modules")).resolve("mod_parley_test.lua"),
          Objects.requireNonNull(module).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path folder() {
    return folder;
  }

  /** The same, started. */
  ProsodyServer started() {
    start();
    return this;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void start() {
    var running = ServerProcess.start(files.command(program), folder);
    process = Optional.of(running);
    running.awaitReady(this::answers);
  }

  private boolean answers() {
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public String product() {
    return "Prosody";
  }

  @Override
  public String version() {
    try (var client = client("mallory")) {
      return client
          .ask("get", DOMAIN, "<query xmlns='jabber:iq:version'/>")
          .child("query", Namespaces.VERSION)
          .flatMap(query -> query.child("version"))
          .map(Xml::text)
          .orElseThrow();
    }
  }

  @Override
  public void trim(String room, int kept) {
    try (var client = client("mallory")) {
      var name = room.substring(0, room.indexOf('@'));
      var _ =
          client.ask(
              "set",
              ROOMS,
              "<trim xmlns='urn:parley:test' room='%s' keep='%d'/>".formatted(name, kept));
    }
  }

  @Override
  public long sessions() {
    try (var client = client("mallory")) {
      return Long.parseLong(
          client
              .ask("get", ROOMS, "<sessions xmlns='urn:parley:test'/>")
              .child("sessions", "urn:parley:test")
              .map(Xml::text)
              .orElseThrow());
    }
  }

  @Override
  public void stop() {
    process.ifPresent(ServerProcess::stop);
    process = Optional.empty();
  }

  @Override
  public void kill() {
    process.ifPresent(ServerProcess::kill);
    process = Optional.empty();
  }

  @Override
  public void close() {
    kill();
    remove(folder);
  }

  static void remove(Path folder) {
    try (var files = Files.walk(folder)) {
      for (var file : List.copyOf(files.sorted(Comparator.reverseOrder()).toList())) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
