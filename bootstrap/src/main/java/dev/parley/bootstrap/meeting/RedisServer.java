package dev.parley.bootstrap.meeting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Redis, or Valkey which is the same here, in memory only. */
record RedisServer(Path path) implements ServerKind {

  static ServerKind installed() throws MeetingFailed {
    return new RedisServer(
        Programs.onPath("redis-server")
            .or(() -> Programs.onPath("valkey-server"))
            .orElseThrow(() -> Programs.missing("redis-server or valkey-server", "redis-server")));
  }

  @Override
  public String program() {
    return path.toString();
  }

  @Override
  public List<String> prepare(Path folder, int port, String password) throws IOException {
    var config = folder.resolve("redis.conf");
    Files.writeString(
        config,
        """
        bind 127.0.0.1
        port %d
        requirepass %s
        save ""
        appendonly no
        """
            .formatted(port, password));
    return List.of(program(), config.toString());
  }

  @Override
  public String saysWhenReady() {
    return "Ready to accept connections";
  }

  @Override
  public String url(int port, String password) {
    return "redis://:%s@127.0.0.1:%d".formatted(password, port);
  }
}
