package dev.parley.bootstrap.meeting;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.List;

/**
 * PostgreSQL, which refuses to run as root: root runs it as the user {@code postgres} that its
 * packages bring.
 *
 * @param bin the folder with its programs
 */
record PostgresServer(Path bin) implements ServerKind {

  private static final String USER = "postgres";

  static ServerKind installed() throws MeetingFailed {
    return new PostgresServer(
        Programs.onPath("postgres")
            .map(Path::getParent)
            .filter(folder -> Files.isExecutable(folder.resolve("initdb")))
            .or(Programs::newestPostgres)
            .orElseThrow(() -> Programs.missing("postgres with initdb", "postgresql")));
  }

  @Override
  public String program() {
    return bin.resolve("postgres").toString();
  }

  @Override
  public List<String> prepare(Path folder, int port, String password)
      throws IOException, MeetingFailed {
    var secret = Files.writeString(folder.resolve("password"), password);
    var prefix = new ArrayList<String>();
    if (Files.getAttribute(folder, "unix:uid").equals(0)) {
      prefix.addAll(asUser());
      Files.setOwner(folder, user());
      Files.setOwner(secret, user());
    }
    var data = folder.resolve("data").toString();
    runToEnd(
        folder,
        with(
            prefix,
            bin.resolve("initdb").toString(),
            "-D",
            data,
            "-U",
            "parley",
            "--pwfile=" + secret,
            "--auth=scram-sha-256",
            "-E",
            "UTF8",
            "--no-locale",
            "--no-sync"));
    return with(
        prefix,
        program(),
        "-D",
        data,
        "-p",
        Integer.toString(port),
        "-c",
        "listen_addresses=127.0.0.1",
        "-c",
        "unix_socket_directories=",
        "-c",
        "fsync=off");
  }

  private static List<String> asUser() throws MeetingFailed {
    var setpriv =
        Programs.onPath("setpriv").orElseThrow(() -> Programs.missing("setpriv", "util-linux"));
    return List.of(
        setpriv.toString(), "--reuid=" + USER, "--regid=" + USER, "--clear-groups", "--");
  }

  private static UserPrincipal user() throws IOException, MeetingFailed {
    try {
      return Path.of("/")
          .getFileSystem()
          .getUserPrincipalLookupService()
          .lookupPrincipalByName(USER);
    } catch (UserPrincipalNotFoundException e) {
      throw new MeetingFailed(
          "PostgreSQL refuses to run as root, and there is no user %s to run it as; run the"
                  .formatted(USER)
              + " demonstration as another user, or name a server with --url");
    }
  }

  private static List<String> with(List<String> prefix, String... words) {
    var command = new ArrayList<>(prefix);
    command.addAll(List.of(words));
    return command;
  }

  private static void runToEnd(Path folder, List<String> command)
      throws IOException, MeetingFailed {
    var process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new MeetingFailed("initdb failed: " + said.strip().replace('\n', ' '));
      }
    } catch (InterruptedException e) {
      throw new MeetingFailed("interrupted");
    }
  }

  @Override
  public String saysWhenReady() {
    return "database system is ready to accept connections";
  }

  @Override
  public String url(int port, String password) {
    return "postgresql://parley:%s@127.0.0.1:%d/postgres".formatted(password, port);
  }
}
