package dev.parley.bootstrap.meeting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** NATS with JetStream. */
record NatsServer(Path path) implements ServerKind {

  static ServerKind installed() throws MeetingFailed {
    return new NatsServer(
        Programs.onPath("nats-server")
            .orElseThrow(() -> Programs.missing("nats-server", "nats-server")));
  }

  @Override
  public String program() {
    return path.toString();
  }

  @Override
  public List<String> prepare(Path folder, int port, String password) throws IOException {
    var config = folder.resolve("nats.conf");
    Files.writeString(
        config,
        """
        listen: "127.0.0.1:%d"
        jetstream { store_dir: "streams" }
        authorization { user: demo, password: "%s" }
        """
            .formatted(port, password));
    return List.of(program(), "-c", config.toString());
  }

  @Override
  public String saysWhenReady() {
    return "Server is ready";
  }

  @Override
  public String url(int port, String password) {
    return "nats://demo:%s@127.0.0.1:%d".formatted(password, port);
  }
}
