package dev.parley.adapters.outbound.xmpp;

import dev.parley.conformance.server.Ports;
import dev.parley.conformance.server.Program;
import dev.parley.conformance.server.ServerProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * ejabberd, with stream management on and its archive in SQLite, since Mnesia keeps confirmed
 * messages in memory for minutes. It is started without its own control program and Erlang's
 * distribution; what no client can do is told to a small listener inside of it. SQLite does not
 * wait for the disk: what it has written outlives the process, though not a power cut.
 */
final class EjabberdServer implements XmppServer {

  private static final int LONGEST_ANSWER_MILLIS = 20_000;
  private static final String CONFIGURATION =
      """
      hosts: [parley.test]
      loglevel: warning
      listen:
        - {port: C2S_PORT, ip: "127.0.0.1", module: ejabberd_c2s, max_stanza_size: 262144, shaper: none, access: all, starttls: false}
      auth_method: internal
      auth_password_format: scram
      s2s_access: none
      default_db: sql
      sql_type: sqlite
      sql_database: "DATABASE"
      modules:
        mod_disco: {}
        mod_ping: {}
        mod_version: {}
        mod_stream_mgmt: {resend_on_timeout: if_offline}
        mod_mam: {assume_mam_usage: true, default: always, cache_size: 1000}
        mod_muc: {hosts: [rooms.parley.test], access: [allow: all], access_create: [allow: all], access_persistent: [allow: all], access_mam: [allow: all], default_room_options: {mam: true, persistent: true, public: true}, max_user_conferences: 10000}
      """;

  private static final String LISTENER =
      """
      Listen = fun(Self) ->
        {ok, L} = gen_tcp:listen(CONTROL_PORT, [list, {packet, line}, {active, false}, {reuseaddr, true}, {ip, {127,0,0,1}}]),
        Loop = fun(Again) ->
          {ok, S} = gen_tcp:accept(L),
          {ok, Line} = gen_tcp:recv(S, 0),
          Answer = try case string:lexemes(Line, " \\n") of
            ["register", User, Password] ->
              ejabberd_auth:try_register(list_to_binary(User), <<"parley.test">>, list_to_binary(Password)), "ok";
            ["ready"] ->
              true = lists:keymember(ejabberd, 1, application:which_applications()),
              {selected, _, _} = ejabberd_sql:sql_query(<<"parley.test">>, <<"pragma synchronous">>),
              ejabberd_sql:sql_query(<<"parley.test">>, <<"pragma synchronous = off">>), "ok";
            ["sessions"] -> integer_to_list(ejabberd_sm:connected_users_number());
            ["version"] -> binary_to_list(ejabberd_option:version());
            ["trim", Room, Kept] ->
              Of = ["username = '", Room, "@rooms.parley.test'"],
              {updated, _} = ejabberd_sql:sql_query(<<"parley.test">>, iolist_to_binary(
                ["delete from archive where ", Of, " and timestamp not in (select timestamp from archive where ", Of, " order by timestamp desc limit ", Kept, ")"])),
              "ok"
          end catch C:E -> lists:flatten(io_lib:format("failed ~0p", [{C, E}])) end,
          gen_tcp:send(S, Answer ++ "\\n"), gen_tcp:close(S), Again(Again)
        end,
        Loop(Loop)
      end, spawn(fun() -> Listen(Listen) end).
      """;

  // Without the package's driver ejabberd ends, and says so in its log.
  private final Program erl = Program.installed("erl", "ejabberd erlang-p1-sqlite3");
  private final Path folder = newFolder();
  private final int port = Ports.free();
  private final int control = Ports.free();
  private Optional<ServerProcess> process = Optional.empty();

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("parley-ejabberd");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the package puts the compiled modules. */
  private static Path modules() {
    try (var libraries = Files.newDirectoryStream(Path.of("/usr/lib"), "*-linux-gnu");
        var none = Stream.<Path>empty()) {
      for (var library : libraries) {
        try (var found = Files.newDirectoryStream(library, "ejabberd-*")) {
          for (var version : found) {
            if (Files.isRegularFile(version.resolve("ebin/ejabberd.beam"))) {
              return version.resolve("ebin");
            }
          }
        }
      }
      return none.findFirst()
          .orElseThrow(() ->
              new IllegalStateException(
                  "ejabberd is missing; get it with: apt-get install ejabberd, or run ./check"
                      + " --install"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void start() {
    try {
      Files.createDirectories(folder.resolve("db"));
      Files.writeString(
          folder.resolve("ejabberd.yml"),
          CONFIGURATION
              .replace("C2S_PORT", Integer.toString(port))
              .replace("DATABASE", folder.resolve("db/ejabberd.sqlite").toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var command =
        List.of(
            "env",
            "EJABBERD_CONFIG_PATH=" + folder.resolve("ejabberd.yml"),
            "EJABBERD_LOG_PATH=" + folder.resolve("ejabberd.log"),
            "SPOOL_DIR=" + folder.resolve("db"),
            "HOME=" + folder,
            erl.command().getFirst(),
            "-noinput",
            "-noshell",
            "-pa",
            modules().toString(),
            "-mnesia",
            "dir",
            "\"%s\"".formatted(folder.resolve("db")),
            "-s",
            "ejabberd",
            "-eval",
            LISTENER.replace("CONTROL_PORT", Integer.toString(control)));
    var running = ServerProcess.start(command, folder);
    process = Optional.of(running);
    running.awaitReady(this::answers);
    ACCOUNTS.forEach(account -> tell("register %s %s".formatted(account, PASSWORD)));
  }

  private boolean answers() {
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return tell("ready").equals("ok");
    } catch (IOException | UncheckedIOException notYet) {
      return false;
    }
  }

  private String tell(String order) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), control);
        var reader =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      // An order that is never answered is given again, as long as there is patience.
      socket.setSoTimeout(LONGEST_ANSWER_MILLIS);
      socket.getOutputStream().write((order + "\n").getBytes(StandardCharsets.UTF_8));
      return String.valueOf(reader.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String product() {
    return "ejabberd";
  }

  @Override
  public String version() {
    return tell("version");
  }

  @Override
  public void trim(String room, int kept) {
    var answer = tell("trim %s %d".formatted(room.substring(0, room.indexOf('@')), kept));
    if (!answer.equals("ok")) {
      throw new IllegalStateException(answer);
    }
  }

  @Override
  public long sessions() {
    return Long.parseLong(tell("sessions"));
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
    ProsodyServer.remove(folder);
  }
}
