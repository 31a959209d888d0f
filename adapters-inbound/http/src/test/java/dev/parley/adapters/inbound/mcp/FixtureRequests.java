package dev.parley.adapters.inbound.mcp;

import dev.parley.ports.inbound.ListUsers;
import dev.parley.ports.inbound.ObserveTopic;
import dev.parley.ports.inbound.ShowTopics;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The prompts, resources and completions that MCP's conformance suite asks for. */
public final class FixtureRequests extends Requests {

  private static final String TEMPLATE_START = "test://template/";
  private static final String TEMPLATE_END = "/data";

  /** The fixtures; the use cases are asked nothing. */
  public FixtureRequests(ObserveTopic observe, ShowTopics show, ListUsers users) {
    super(observe, show, users);
  }

  @Override
  Map<String, Object> answer(String method, Params params, Subscriptions subscriptions) {
    return switch (method) {
      case "prompts/list" -> Map.of("prompts", prompts());
      case "prompts/get" -> prompt(params.text("name"), params);
      case "resources/list" ->
          Map.of(
              "resources",
              List.of(
                  Map.of("uri", "test://static-text", "name", "text"),
                  Map.of("uri", "test://static-binary", "name", "binary"),
                  Map.of("uri", "test://watched-resource", "name", "watched")));
      case "resources/templates/list" ->
          Map.of(
              "resourceTemplates",
              List.of(Map.of("uriTemplate", "test://template/{id}/data", "name", "template")));
      case "resources/read" -> Map.of("contents", List.of(resource(params.text("uri"))));
      case "completion/complete" ->
          Map.of("completion", Map.of("values", List.of("test-value"), "hasMore", false));
      default -> Map.of();
    };
  }

  private static List<Map<String, Object>> prompts() {
    return List.of(
        prompt("test_simple_prompt"),
        prompt("test_prompt_with_arguments", "arg1", "arg2"),
        prompt("test_prompt_with_embedded_resource", "resourceUri"),
        prompt("test_prompt_with_image"));
  }

  private static Map<String, Object> prompt(String name, String... arguments) {
    return Map.of(
        "name",
        name,
        "description",
        "What the conformance suite expects of " + name,
        "arguments",
        Stream.of(arguments)
            .map(argument -> Map.of("name", argument, "description", "a text", "required", true))
            .toList());
  }

  private static Map<String, Object> prompt(String name, Params params) {
    return switch (name) {
      case "test_simple_prompt" -> messages(text("This is a simple prompt for testing."));
      case "test_prompt_with_arguments" ->
          messages(
              text(
                  "Prompt with arguments: arg1='%s', arg2='%s'"
                      .formatted(
                          params.object("arguments").text("arg1"),
                          params.object("arguments").text("arg2"))));
      case "test_prompt_with_embedded_resource" ->
          messages(
              Map.of(
                  "type",
                  "resource",
                  "resource",
                  Map.of(
                      "uri",
                      params.object("arguments").text("resourceUri"),
                      "mimeType",
                      "text/plain",
                      "text",
                      "Embedded resource content for testing.")),
              text("Please process the embedded resource above."));
      case "test_prompt_with_image" ->
          messages(
              Map.of("type", "image", "data", FixtureTools.PNG, "mimeType", "image/png"),
              text("Please analyze the image above."));
      default -> throw new ParamsRefused("there is no prompt '" + name + "'");
    };
  }

  private static Map<String, Object> messages(Map<?, ?>... contents) {
    return Map.of(
        "messages",
        Stream.of(contents).map(content -> Map.of("role", "user", "content", content)).toList());
  }

  private static Map<String, Object> text(String text) {
    return Map.of("type", "text", "text", text);
  }

  private static Map<String, Object> resource(String uri) {
    if (uri.equals("test://static-text") || uri.equals("test://watched-resource")) {
      return Map.of(
          "uri",
          uri,
          "mimeType",
          "text/plain",
          "text",
          "This is the content of the static text resource.");
    }
    if (uri.equals("test://static-binary")) {
      return Map.of("uri", uri, "mimeType", "image/png", "blob", FixtureTools.PNG);
    }
    if (uri.startsWith(TEMPLATE_START) && uri.endsWith(TEMPLATE_END)) {
      var id = uri.substring(TEMPLATE_START.length(), uri.length() - TEMPLATE_END.length());
      return Map.of(
          "uri",
          uri,
          "mimeType",
          "application/json",
          "text",
          "{\"id\":\"%1$s\",\"templateTest\":true,\"data\":\"Data for ID: %1$s\"}".formatted(id));
    }
    throw new ResourceUnknown(uri, "there is no resource " + uri);
  }
}
