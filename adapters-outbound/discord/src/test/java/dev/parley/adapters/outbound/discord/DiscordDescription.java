package dev.parley.adapters.outbound.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.conformance.server.VendorDescriptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Discord's published description of its API: of that the calls that Parley makes, since the whole
 * takes Prism half a minute to read.
 */
final class DiscordDescription {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String FILE = "discord-openapi.json";
  private static final Map<String, Set<String>> CALLED =
      Map.of(
          "/users/@me", Set.of("get"),
          "/applications/@me", Set.of("get"),
          "/channels/{channel_id}", Set.of("get"),
          "/channels/{channel_id}/messages", Set.of("get", "post"),
          "/channels/{channel_id}/webhooks", Set.of("get", "post"),
          "/webhooks/{webhook_id}/{webhook_token}", Set.of("post"),
          "/guilds/{guild_id}", Set.of("get"),
          "/guilds/{guild_id}/members/search", Set.of("get"),
          "/guilds/{guild_id}/members/{user_id}", Set.of("get"));
  private static final Set<String> OF_ALL_METHODS = Set.of("parameters");
  private static final String JSON = "application/json";

  private DiscordDescription() {}

  /** Writes the part of it that Parley's calls need into a folder. */
  static Path writtenInto(Path folder) {
    try {
      var whole = (ObjectNode) MAPPER.readTree(VendorDescriptions.needed(FILE).toFile());
      var paths = (ObjectNode) whole.get("paths");
      paths.retain(CALLED.keySet());
      CALLED.forEach((path, methods) -> keepCalled((ObjectNode) paths.get(path), methods));
      // The description calls the code of a field's error a number; it is a word, as the types of
      // discord-api-types have it (RESTErrorFieldInformation).
      var code = (ObjectNode) whole.at("/components/schemas/InnerErrors/properties/_errors/items");
      code.removeAll();
      code.putObject("properties").putObject("code").put("type", "string");
      code.putArray("required").add("code").add("message");
      var needed = new LinkedHashSet<String>();
      refer(paths, whole, needed);
      var components = MAPPER.createObjectNode();
      components.set("securitySchemes", whole.at("/components/securitySchemes"));
      for (var reference : needed) {
        var parts = reference.split("/", -1);
        components.withObjectProperty(parts[2]).set(parts[3], whole.at(reference.substring(1)));
      }
      whole.set("components", components);
      var file = folder.resolve(FILE);
      MAPPER.writeValue(file.toFile(), whole);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void keepCalled(ObjectNode path, Set<String> methods) {
    var kept = new HashSet<>(OF_ALL_METHODS);
    kept.addAll(methods);
    path.retain(kept);
    for (var method : methods) {
      if (path.at("/" + method + "/requestBody/content") instanceof ObjectNode bodies) {
        bodies.retain(JSON);
      }
    }
  }

  private static void refer(JsonNode node, JsonNode whole, Set<String> needed) {
    var reference = node.path("$ref").asText("");
    if (reference.startsWith("#/") && needed.add(reference)) {
      refer(whole.at(reference.substring(1)), whole, needed);
    }
    node.forEach(child -> refer(child, whole, needed));
  }
}
