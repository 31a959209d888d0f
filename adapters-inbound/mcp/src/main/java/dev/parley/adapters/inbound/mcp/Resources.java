package dev.parley.adapters.inbound.mcp;

import dev.parley.domain.topic.TopicRefused;
import dev.parley.ports.inbound.ObserveTopic;
import dev.parley.ports.inbound.ShowTopics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The topics as resources: which there are, and the recent messages of each. */
final class Resources {

  private static final String JSON = "application/json";
  private static final int MESSAGES = 100;
  private static final int CHARACTERS = 40_000;

  private final ObserveTopic observe;
  private final ShowTopics show;

  Resources(ObserveTopic observe, ShowTopics show) {
    this.observe = observe;
    this.show = show;
  }

  /** {@code resources/list}: the list of topics, then every subscribed topic. */
  Map<String, Object> list(Params params) {
    var resources = new ArrayList<Map<String, Object>>();
    resources.add(
        describe(
            "uri",
            TopicUri.LIST,
            "topics",
            "Topics",
            "The topics that this instance may use, and their URIs"));
    for (var topic : show.topics().subscribed()) {
      resources.add(
          describe(
              "uri",
              TopicUri.of(topic),
              topic.value(),
              "Topic " + topic,
              "The recent messages of this topic"));
    }
    return Pages.of("resources", resources, params);
  }

  /** {@code resources/templates/list}. */
  Map<String, Object> templates(Params params) {
    var template =
        describe(
            "uriTemplate",
            TopicUri.TEMPLATE,
            "topic",
            "A topic",
            "The recent messages of a topic that this instance may read; the name is"
                + " percent-encoded");
    return Pages.of("resourceTemplates", List.of(template), params);
  }

  private static Map<String, Object> describe(
      String kind, String uri, String name, String title, String description) {
    var resource = new LinkedHashMap<String, Object>();
    resource.put(kind, uri);
    resource.put("name", name);
    resource.put("title", title);
    resource.put("description", description);
    resource.put("mimeType", JSON);
    return resource;
  }

  /** {@code resources/read}. */
  Map<String, Object> read(Params params) {
    var uri = params.text("uri");
    var json = uri.equals(TopicUri.LIST) ? topics() : messages(uri);
    var contents = new LinkedHashMap<String, Object>();
    contents.put("uri", uri);
    contents.put("mimeType", JSON);
    contents.put("text", new String(json, StandardCharsets.UTF_8));
    return Map.of("contents", List.of(contents));
  }

  private byte[] topics() {
    var allowed = show.topics();
    return Json.object(json -> {
      json.writeArrayFieldStart("topics");
      for (var topic : allowed.subscribed()) {
        json.writeStartObject();
        json.writeStringField("topic", topic.value());
        json.writeStringField("uri", TopicUri.of(topic));
        json.writeEndObject();
      }
      json.writeEndArray();
      // Post and fetch only: names of further topics match these patterns.
      json.writeArrayFieldStart("postTopics");
      for (var pattern : allowed.postPatterns()) {
        json.writeString(pattern.toString());
      }
      json.writeEndArray();
      json.writeStringField("contentLimit", show.backend().limit().toString());
    });
  }

  private byte[] messages(String uri) {
    var topic = TopicUri.topicOf(uri).orElseThrow(() -> unknown(uri));
    try {
      return Json.page(observe.recent(topic, MESSAGES, CHARACTERS));
    } catch (TopicRefused e) {
      throw refused(uri, e);
    }
  }

  /** No resource of Parley's has this URI. */
  static ResourceUnknown unknown(String uri) {
    return new ResourceUnknown(
        uri,
        "'%s' is neither %s nor %s with a topic's name percent-encoded; resources/list lists what there is"
            .formatted(Found.shorten(uri), TopicUri.LIST, TopicUri.TEMPLATE));
  }

  /** The topic of this URI is not for this instance. */
  static ResourceUnknown refused(String uri, TopicRefused why) {
    return new ResourceUnknown(uri, Remedy.sentence(why));
  }
}
