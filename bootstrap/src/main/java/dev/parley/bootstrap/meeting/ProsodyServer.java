package dev.parley.bootstrap.meeting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Prosody, with one account and a service for rooms. */
record ProsodyServer(Path path) implements ServerKind {

  static ServerKind installed() throws MeetingFailed {
    return new ProsodyServer(
        Programs.onPath("prosody").orElseThrow(() -> Programs.missing("prosody", "prosody")));
  }

  @Override
  public String program() {
    return path.toString();
  }

  @Override
  public List<String> prepare(Path folder, int port, String password) throws IOException {
    var accounts = Files.createDirectories(folder.resolve("data/localhost/accounts"));
    Files.writeString(
        accounts.resolve("demo.dat"), "return { [\"password\"] = \"%s\" };\n".formatted(password));
    var config = folder.resolve("prosody.cfg.lua");
    Files.writeString(
        config,
        """
        run_as_root = true
        pidfile = "%1$s/prosody.pid"
        data_path = "%1$s/data"
        certificates = "%1$s"
        interfaces = { "127.0.0.1" }
        c2s_ports = { %2$d }
        c2s_direct_tls_ports = { }
        legacy_ssl_ports = { }
        s2s_ports = { }
        http_ports = { }
        https_ports = { }
        c2s_require_encryption = false
        authentication = "internal_plain"
        storage = "internal"
        modules_enabled = { "roster"; "saslauth"; "disco"; "ping"; "version"; "smacks" }
        modules_disabled = { "s2s"; "offline" }
        log = { info = "*console" }
        VirtualHost "localhost"
        Component "conference.localhost" "muc"
          modules_enabled = { "muc_mam" }
          restrict_room_creation = false
        """
            .formatted(folder, port));
    return List.of(program(), "-F", "--config", config.toString());
  }

  @Override
  public String saysWhenReady() {
    return "Activated service 'c2s'";
  }

  @Override
  public String url(int port, String password) {
    return "xmpp://demo:%s@localhost:%d".formatted(password, port);
  }
}
