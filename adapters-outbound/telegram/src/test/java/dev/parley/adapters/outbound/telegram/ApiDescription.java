package dev.parley.adapters.outbound.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.conformance.server.VendorDescriptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The Bot API as its published description has it: methods, parameters, types. What a client sends
 * and what the double answers is held against it.
 */
final class ApiDescription {

  private static final String ARRAY_OF = "Array of ";

  private final JsonNode types;
  private final String version;
  // Telegram takes names of methods in any case.
  private final TreeMap<String, JsonNode> methods = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private ApiDescription(JsonNode description) {
    version = description.path("version").asText();
    types = description.path("types");
    description.path("methods").properties().forEach(m -> methods.put(m.getKey(), m.getValue()));
  }

  /** The description, where it is at hand. */
  static Optional<ApiDescription> published() {
    return VendorDescriptions.find("telegram-bot-api.json").map(ApiDescription::read);
  }

  private static ApiDescription read(Path file) {
    try {
      return new ApiDescription(new ObjectMapper().readTree(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Such as {@code Bot API 10.1}. */
  String version() {
    return version;
  }

  /** What is wrong with a call. */
  List<String> violationsOfCall(String method, JsonNode parameters) {
    var known = methods.get(method);
    if (known == null) {
      return List.of("there is no method " + method);
    }
    var violations = new ArrayList<String>();
    var rest = parameters.deepCopy();
    if (rest instanceof ObjectNode object) {
      // Every call names its method, which matters in answers to webhooks only.
      object.remove("method");
    }
    checkFields(method, known.path("fields"), rest, violations);
    return violations;
  }

  /** What is wrong with the result of a call. */
  List<String> violationsOfResult(String method, JsonNode result) {
    var known = methods.get(method);
    if (known == null) {
      return List.of();
    }
    var violations = new ArrayList<String>();
    return fitsOneOf(known.path("returns"), result, method + " returns", violations)
        ? List.of()
        : violations;
  }

  private void checkFields(String at, JsonNode fields, JsonNode object, List<String> violations) {
    if (!object.isObject()) {
      violations.add("%s: expected an object, found %s".formatted(at, object));
      return;
    }
    Set<String> names = new HashSet<>();
    for (var field : fields) {
      var name = field.path("name").asText();
      names.add(name);
      var value = object.get(name);
      if (value == null) {
        if (field.path("required").asBoolean()) {
          violations.add("%s: '%s' is missing".formatted(at, name));
        }
      } else {
        var problems = new ArrayList<String>();
        if (!fitsOneOf(field.path("types"), value, at + "." + name, problems)) {
          violations.addAll(problems);
        }
      }
    }
    object
        .fieldNames()
        .forEachRemaining(name -> {
          if (!names.contains(name)) {
            violations.add("%s: there is no '%s'".formatted(at, name));
          }
        });
  }

  private boolean fitsOneOf(JsonNode kinds, JsonNode value, String at, List<String> violations) {
    var problems = new ArrayList<String>();
    for (var kind : kinds) {
      var before = problems.size();
      checkType(kind.asText(), value, at, problems);
      if (problems.size() == before) {
        return true;
      }
    }
    violations.addAll(problems);
    return false;
  }

  private void checkType(String kind, JsonNode value, String at, List<String> violations) {
    if (kind.startsWith(ARRAY_OF)) {
      if (!value.isArray()) {
        violations.add("%s: expected %s, found %s".formatted(at, kind, value));
        return;
      }
      for (var element : value) {
        checkType(kind.substring(ARRAY_OF.length()), element, at + "[]", violations);
      }
      return;
    }
    switch (kind) {
      case "Integer" -> require(value.isIntegralNumber(), kind, value, at, violations);
      case "Float" -> require(value.isNumber(), kind, value, at, violations);
      case "String" -> require(value.isTextual(), kind, value, at, violations);
      case "Boolean" -> require(value.isBoolean(), kind, value, at, violations);
      case "True" -> require(value.isBoolean() && value.asBoolean(), kind, value, at, violations);
      default -> checkObject(kind, value, at, violations);
    }
  }

  private static void require(
      boolean fits, String kind, JsonNode value, String at, List<String> violations) {
    if (!fits) {
      violations.add("%s: expected %s, found %s".formatted(at, kind, value));
    }
  }

  private void checkObject(String kind, JsonNode value, String at, List<String> violations) {
    var type = types.get(kind);
    if (type == null) {
      violations.add("%s: the description has no type %s".formatted(at, kind));
    } else if (type.has("subtypes")) {
      var problems = new ArrayList<String>();
      if (!fitsOneOf(type.path("subtypes"), value, at, problems)) {
        violations.add(
            "%s: fits no kind of %s: %s"
                .formatted(at, kind, String.join(", ", problems).toLowerCase(Locale.ROOT)));
      }
    } else {
      checkFields(at, type.path("fields"), value, violations);
    }
  }
}
