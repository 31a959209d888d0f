package dev.parley.conformance.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a Prosody on the loopback address needs in its folder, where it also keeps its data. */
public final class ProsodyFiles {

  private final Path folder;

  /** The files of a folder. */
  public ProsodyFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes the configuration.
   *
   * @param services the modules, hosts and components that it serves, in Prosody's own language
   */
  public void configure(int port, String services) {
    write(
        configuration(),
        """
        run_as_root = true
        daemonize = false
        pidfile = "%1$s/prosody.pid"
        data_path = "%1$s/data"
        plugin_paths = { "%1$s/modules" }
        interfaces = { "127.0.0.1" }
        c2s_ports = { %2$d }
        c2s_direct_tls_ports = { }
        legacy_ssl_ports = { }
        s2s_ports = { }
        http_ports = { }
        https_ports = { }
        authentication = "internal_plain"
        storage = "internal"
        log = { warn = "%1$s/prosody.log" }
        certificates = "%1$s"
        """
                .formatted(folder, port)
            + services);
  }

  /** Makes an account. */
  public void addAccount(String host, String name, String password) {
    write(
        folder
            .resolve("data")
            .resolve(host.replace(".", "%2e"))
            .resolve("accounts")
            .resolve(name + ".dat"),
        "return { [\"password\"] = \"%s\" };\n".formatted(password));
  }

  /** The words that run a Prosody in the foreground. */
  public List<String> command(Program prosody) {
    return prosody.with("-F", "--config", configuration().toString());
  }

  private Path configuration() {
    return folder.resolve("prosody.cfg.lua");
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
