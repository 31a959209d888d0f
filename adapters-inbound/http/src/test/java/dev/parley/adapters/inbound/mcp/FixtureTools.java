package dev.parley.adapters.inbound.mcp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tools that MCP's conformance suite calls, in Parley's own catalogue: what is tested is the
 * transport and the catalogue, on content that Parley's tools do not have.
 */
public final class FixtureTools {

  /** One transparent pixel. */
  static final String PNG =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

  /** A WAV file without a sample. */
  private static final String WAV = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=";

  private static final String IMAGE =
      "{\"type\":\"image\",\"data\":\"%s\",\"mimeType\":\"image/png\"}".formatted(PNG);

  private FixtureTools() {}

  /** The catalogue of them. */
  public static Catalogue catalogue() {
    return new Catalogue(
        List.of(
            content("test_simple_text", text("This is a simple text response for testing.")),
            content("test_image_content", IMAGE),
            content(
                "test_audio_content",
                "{\"type\":\"audio\",\"data\":\"%s\",\"mimeType\":\"audio/wav\"}".formatted(WAV)),
            content(
                "test_embedded_resource",
                resource(
                    "test://embedded-resource",
                    "text/plain",
                    "This is an embedded resource content.")),
            content(
                "test_multiple_content_types",
                text("Multiple content types test:")
                    + ","
                    + IMAGE
                    + ","
                    + resource(
                        "test://mixed-content-resource",
                        "application/json",
                        "{\\\"test\\\":\\\"data\\\",\\\"value\\\":123}")),
            content("test_logging_tool", text("Nothing was logged to the client.")),
            tool(
                "test_error_handling",
                Set.of(),
                (_, _) -> Answer.failed("This tool intentionally returns an error for testing")),
            tool("test_tool_with_progress", Set.of(), FixtureTools::progress),
            tool("test_streaming_elicitation", Set.of(), FixtureTools::progress),
            tool(
                "test_missing_capability",
                Set.of("sampling"),
                (_, _) -> blocks(text("The capability was declared.")))));
  }

  private static Answer progress(Arguments arguments, Call call) throws InterruptedException {
    for (var step = 0; step <= 2; step++) {
      call.progress(Duration.ofSeconds(50L * step));
    }
    return blocks(text("Progress was told."));
  }

  private static Tool content(String name, String blocks) {
    return tool(name, Set.of(), (_, _) -> blocks(blocks));
  }

  private static Tool tool(String name, Set<String> needs, Tool.Handler handler) {
    return new Tool(
        name,
        name,
        "What the conformance suite expects of " + name,
        Map.of("type", "object", "properties", Map.of()),
        Map.of("type", "object"),
        new Tool.Hints(true, true),
        true,
        needs,
        handler);
  }

  private static Answer blocks(String blocks) {
    return Answer.ofContent(("[" + blocks + "]").getBytes(StandardCharsets.UTF_8));
  }

  private static String text(String text) {
    return "{\"type\":\"text\",\"text\":\"%s\"}".formatted(text);
  }

  private static String resource(String uri, String mimeType, String text) {
    return "{\"type\":\"resource\",\"resource\":{\"uri\":\"%s\",\"mimeType\":\"%s\",\"text\":\"%s\"}}"
        .formatted(uri, mimeType, text);
  }
}
