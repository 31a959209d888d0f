package dev.parley.bootstrap.meeting;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** How one kind of server is started for a short while. */
interface ServerKind {

  /** The program, for a person. */
  String program();

  /**
   * Writes into a folder what the server needs to run there.
   *
   * @return the command that runs it in the foreground, on this port of 127.0.0.1 only
   */
  List<String> prepare(Path folder, int port, String password) throws IOException, MeetingFailed;

  /** What stands in its log when it takes connections. */
  String saysWhenReady();

  /** Makes the account that the sessions use, where that takes a running server. */
  default void makeAccount(int port, String password) throws IOException, MeetingFailed {}

  /** How the backend's plugin reaches it. */
  String url(int port, String password);

  /**
   * The kind that a backend needs, its program found on this machine.
   *
   * @throws MeetingFailed when the program is missing: what to do
   */
  static ServerKind of(String backend) throws MeetingFailed {
    return switch (backend) {
      case "redis" -> RedisServer.installed();
      case "nats" -> NatsServer.installed();
      case "postgres" -> PostgresServer.installed();
      case "xmpp" -> ProsodyServer.installed();
      case "matrix" -> SynapseServer.installed();
      default ->
          throw new MeetingFailed(
              "the demonstration starts no server for %s; name one with --url".formatted(backend));
    };
  }
}
