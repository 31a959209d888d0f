package dev.parley.adapters.inbound.mcp.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.Icon;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.InitializeRequest;
import io.modelcontextprotocol.spec.McpSchema.InitializeResult;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written out by hand is what the SDK's annotations say. */
class ProtocolJsonTest {

  private static final ObjectMapper ANNOTATED = new ObjectMapper();

  private static final ServerCapabilities ALL_CAPABILITIES =
      new ServerCapabilities(
          new ServerCapabilities.CompletionCapabilities(),
          Map.of("claude/channel", Map.of()),
          new ServerCapabilities.LoggingCapabilities(),
          new ServerCapabilities.PromptCapabilities(false),
          new ServerCapabilities.ResourceCapabilities(true, false),
          new ServerCapabilities.ToolCapabilities(true),
          Map.of("x", Map.of("y", 1)));
  private static final Implementation FULL_NAME =
      new Implementation(
          "parley", "Parley", "1", "a bridge", List.of(icon()), "https://parley.example");
  private static final InitializeResult ALL =
      new InitializeResult("2025-11-25", ALL_CAPABILITIES, FULL_NAME, "read", Map.of("m", 1));

  private static Icon icon() {
    return new Icon("https://parley.example/icon.png", "image/png", List.of("48x48"), "light");
  }

  static Stream<Object> messages() {
    return Stream.of(
        ALL,
        new InitializeResult(
            "2025-06-18",
            ServerCapabilities.builder().build(),
            Implementation.builder("parley", "1").build(),
            null,
            null),
        JSONRPCResponse.result(7, ALL),
        JSONRPCResponse.result("seven", Map.of("a", List.of(1, "b"))),
        JSONRPCResponse.error(7L, new JSONRPCError(-32_600, "no", Map.of("why", "so"))),
        JSONRPCResponse.error(8, new JSONRPCError(-32_601, "no", null)),
        new JSONRPCNotification("2.0", "notifications/x", Map.of("uri", "parley://topics/t")),
        new JSONRPCNotification("2.0", "notifications/y", null));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void isWrittenAsTheSdkWritesIt(Object message) throws Exception {
    assertThat(ANNOTATED.readTree(ANNOTATED.writeValueAsString(ProtocolJson.plain(message))))
        .isEqualTo(ANNOTATED.readTree(ANNOTATED.writeValueAsString(message)));
  }

  /** A part that a newer SDK adds would be empty here, and so be missed by the test above. */
  @ParameterizedTest
  @MethodSource("fullRecords")
  void knowsEveryPart(Record full) throws Exception {
    for (var part : full.getClass().getRecordComponents()) {
      assertThat(value(part, full)).as(part.getName()).isNotNull();
    }
  }

  static Stream<Record> fullRecords() {
    return Stream.of(ALL, ALL_CAPABILITIES, FULL_NAME);
  }

  private static Object value(RecordComponent part, Record of) throws Exception {
    return part.getAccessor().invoke(of);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'protocolVersion':'2025-11-25','capabilities':{},'clientInfo':{'name':'c','version':'1'}}",
        "{'protocolVersion':'2025-11-25','clientInfo':{'name':'c','version':'1','title':'t'}}",
        "{'protocolVersion':'2025-11-25','capabilities':{'roots':{'listChanged':true}}}",
        "{'capabilities':{'elicitation':{}},'clientInfo':{'name':'c','version':'1'},'new':[1]}"
      })
  void isReadAsTheSdkReadsIt(String params) throws Exception {
    var json = ANNOTATED.readValue(params.replace('\'', '"'), Map.class);

    var read = Handshake.request(json);

    var expected = ANNOTATED.convertValue(json, InitializeRequest.class);
    assertThat(read.protocolVersion()).isEqualTo(expected.protocolVersion());
    assertThat(read.clientInfo().name()).isEqualTo(expected.clientInfo().name());
    assertThat(read.clientInfo().version()).isEqualTo(expected.clientInfo().version());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'protocolVersion':5} | protocolVersion",
        "{'protocolVersion':'2025-11-25','capabilities':[]} | capabilities",
        "{'protocolVersion':'2025-11-25','clientInfo':'me'} | clientInfo",
        "{'protocolVersion':'2025-11-25','clientInfo':{'name':{},'version':'1'}} | name"
      })
  void whatIsOfTheWrongTypeIsRefusedWithItsName(String params, String field) throws Exception {
    var json = ANNOTATED.readValue(params.replace('\'', '"'), Map.class);

    assertThatThrownBy(
            () -> new CheckedParams(ANNOTATED).convertValue(json, InitializeRequest.class))
        .isInstanceOf(McpError.class)
        .hasMessage("Invalid params: a field is missing or of the wrong type, at " + field);
  }
}
