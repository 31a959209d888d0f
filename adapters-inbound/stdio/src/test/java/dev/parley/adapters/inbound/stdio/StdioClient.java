package dev.parley.adapters.inbound.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.adapters.inbound.mcp.Catalogue;
import dev.parley.adapters.inbound.mcp.Limits;
import dev.parley.adapters.inbound.mcp.Requests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client at the other end of a session's streams; checks every message against MCP's schema. */
final class StdioClient implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final PipedOutputStream stdin = new PipedOutputStream();
  private final Lines stdout = new Lines();
  private final List<JsonNode> setAside = new ArrayList<>();
  private final Thread server;

  /** Splits what is written into lines. */
  private static final class Lines extends OutputStream {

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    @Override
    public synchronized void write(int b) {
      if (b == '\n') {
        lines.add(begun.toString(StandardCharsets.UTF_8));
        begun.reset();
      } else {
        begun.write(b);
      }
    }
  }

  StdioClient(FakeParley parley, boolean push) throws IOException {
    var limits = new Limits(100, Duration.ofMinutes(10), Duration.ofMillis(20));
    var catalogue = new Catalogue(parley, parley, parley, parley, parley, parley, parley, limits);
    var options = new StdioServer.Options("1.2.3", push, push);
    var requests = new Requests(parley, parley, parley);
    var session = new StdioServer(catalogue, requests, parley, parley, parley, parley, options);
    var in = new PipedInputStream(stdin, 1 << 20);
    this.server =
        Thread.ofPlatform()
            .start(() -> {
              try {
                session.serve(in, stdout);
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
  }

  /** A client that has initialized its session. */
  static StdioClient initialized(FakeParley parley, boolean push) throws Exception {
    var client = new StdioClient(parley, push);
    client.initialize("2025-11-25");
    client.send("{'jsonrpc':'2.0','method':'notifications/initialized'}");
    return client;
  }

  JsonNode initialize(String version) throws Exception {
    request(
        "'init'",
        "initialize",
        "{'protocolVersion':'%s','capabilities':{},'clientInfo':{'name':'test','version':'1'}}"
            .formatted(version));
    return answerTo("init");
  }

  /** Sends one line; single quotes stand for double ones. */
  void send(String line) throws IOException {
    sendRaw((line.replace('\'', '"') + "\n").getBytes(StandardCharsets.UTF_8));
  }

  void sendRaw(byte[] bytes) throws IOException {
    stdin.write(bytes);
    stdin.flush();
  }

  void request(String id, String method, String params) throws IOException {
    send("{'jsonrpc':'2.0','id':%s,'method':'%s','params':%s}".formatted(id, method, params));
  }

  void call(int id, String tool, String arguments) throws IOException {
    request(
        String.valueOf(id),
        "tools/call",
        "{'name':'%s','arguments':%s,'_meta':{'progressToken':'token-%d'}}"
            .formatted(tool, arguments, id));
  }

  /** The next message of the server. */
  JsonNode next() throws Exception {
    if (!setAside.isEmpty()) {
      return setAside.removeFirst();
    }
    var line = stdout.lines.poll(10, TimeUnit.SECONDS);
    assertThat(line).as("a message within 10 s").isNotNull();
    var message = JSON.readTree(line);
    assertThat(McpSpecification.violations("JSONRPCMessage", message)).as("%s", line).isEmpty();
    return message;
  }

  /** The answer with this id; what comes before it is set aside. */
  JsonNode answerTo(Object id) throws Exception {
    var others = new ArrayList<JsonNode>();
    while (true) {
      var message = next();
      if (message.path("id").asText().equals(id.toString())) {
        setAside.addAll(0, others);
        return message;
      }
      others.add(message);
    }
  }

  /** Ends the input, and waits for the server to end; gives what it said until then. */
  List<JsonNode> end() throws Exception {
    stdin.close();
    server.join(Duration.ofSeconds(10));
    assertThat(server.isAlive()).as("the server runs after the end of input").isFalse();
    var rest = new ArrayList<JsonNode>();
    while (!setAside.isEmpty() || !stdout.lines.isEmpty()) {
      rest.add(next());
    }
    return rest;
  }

  /** Whether the server has ended by then. */
  boolean endsWithin(Duration time) throws InterruptedException {
    return server.join(time);
  }

  void endInput() throws IOException {
    stdin.close();
  }

  @Override
  public void close() throws IOException {
    stdin.close();
  }
}
