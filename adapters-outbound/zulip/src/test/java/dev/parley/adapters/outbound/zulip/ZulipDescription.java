package dev.parley.adapters.outbound.zulip;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.conformance.server.VendorDescriptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Zulip's OpenAPI description, as Prism can use it. */
final class ZulipDescription {

  private static final String FILE = "zulip-openapi.json";

  private ZulipDescription() {}

  /** Writes it into a folder, with the prefix of the paths that it leaves out. */
  static Path writtenInto(Path folder) {
    try {
      var json = new ObjectMapper();
      var description = (ObjectNode) json.readTree(VendorDescriptions.needed(FILE).toFile());
      var paths = description.path("paths");
      var prefixed = description.putObject("paths");
      paths.properties().forEach(path -> prefixed.set("/api/v1" + path.getKey(), path.getValue()));
      // Three of its alternatives are alike, so that its own examples would not fit exactly one.
      var refused = (ObjectNode) description.at("/components/schemas/send_message_400_response");
      refused.set("anyOf", refused.remove("oneOf"));
      var file = folder.resolve(FILE);
      json.writeValue(file.toFile(), description);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
