package dev.parley.bootstrap.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client of the MCP Java SDK, with its own check of results against the output schemas. */
class JavaSdkClientIT {

  @TempDir Path folder;

  @Test
  void lists_every_tool_with_its_schemas() throws IOException {
    withClient(
        "reader",
        client ->
            assertThat(client.listTools().tools())
                .allSatisfy(tool -> assertThat(tool.outputSchema()).isNotEmpty())
                .extracting(Tool::name)
                .contains("parley_fetch_recent", "parley_post", "parley_reply", "parley_catch_up"));
  }

  @Test
  void two_sessions_confer() throws IOException {
    withClient(
        "planner",
        planner ->
            withClient(
                "coder",
                coder -> {
                  var brief =
                      call(
                          planner,
                          "parley_post",
                          Map.of("topic", "talk", "content", "do it, @coder"));
                  var unread = call(coder, "parley_catch_up", Map.of());
                  assertThat(unread.structuredContent().toString()).contains("do it, @coder");
                  var id = field(brief.structuredContent(), "backendMsgId");
                  call(
                      coder,
                      "parley_reply",
                      Map.of("topic", "talk", "content", "done", "in_reply_to", id));
                  var history = call(planner, "parley_fetch_recent", Map.of("topic", "talk"));
                  var messages = list(history.structuredContent(), "messages");
                  assertThat(messages.stream().map(message -> field(message, "content")))
                      .containsExactly("do it, @coder", "done");
                  assertThat(field(messages.get(1), "inReplyTo")).isEqualTo(id);
                }));
  }

  @Test
  void a_wrong_argument_is_a_tool_error_that_says_what_to_do() throws IOException {
    withClient(
        "typist",
        client -> {
          var result =
              client.callTool(
                  CallToolRequest.builder("parley_post")
                      .arguments(Map.of("topic", "elsewhere", "content", "x"))
                      .build());
          assertThat(result.isError()).isTrue();
          assertThat(result.content().toString()).contains("elsewhere").contains("talk");
        });
  }

  private static List<?> list(Object json, String name) {
    return (List<?>) Objects.requireNonNull(((Map<?, ?>) json).get(name));
  }

  private static String field(Object json, String name) {
    return String.valueOf(((Map<?, ?>) json).get(name));
  }

  private static CallToolResult call(
      McpSyncClient client, String tool, Map<String, Object> arguments) {
    var result = client.callTool(CallToolRequest.builder(tool).arguments(arguments).build());
    assertThat(result.isError()).as("%s %s", tool, result.content()).isNotEqualTo(true);
    return result;
  }

  private void withClient(String handle, Consumer<McpSyncClient> use) {
    try {
      var installation = Installation.built(folder);
      var server =
          ServerParameters.builder(installation.launcher().toString())
              .args("serve", "--config", installation.config(handle).toString())
              .build();
      var transport =
          new StdioClientTransport(server, new JacksonMcpJsonMapper(new ObjectMapper()));
      try (var client = McpClient.sync(transport).requestTimeout(Duration.ofSeconds(20)).build()) {
        client.initialize();
        use.accept(client);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
