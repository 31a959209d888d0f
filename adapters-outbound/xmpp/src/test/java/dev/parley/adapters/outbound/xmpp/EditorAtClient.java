package dev.parley.adapters.outbound.xmpp;

import dev.parley.conformance.Store.Editor;
import dev.parley.domain.topic.TopicName;
import java.util.function.Function;

/** An ordinary client of the account that posted. */
record EditorAtClient(XmppServer server, Function<TopicName, String> room) implements Editor {

  @Override
  public void edit(TopicName topic, String content, String replacement) {
    var result = archived(topic, content);
    try (var author = author(topic, result)) {
      var id = message(result).attribute("id");
      author.say(
          room.apply(topic),
          replacement,
          "<replace xmlns='urn:xmpp:message-correct:0' id='%s'/>".formatted(id));
    }
  }

  @Override
  public void delete(TopicName topic, String content) {
    var result = archived(topic, content);
    try (var author = author(topic, result)) {
      author.say(
          room.apply(topic),
          "/me retracted a previous message, but your client does not know that",
          "<retract xmlns='urn:xmpp:message-retract:1' id='%s'/><fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:message-retract:1'/><store xmlns='urn:xmpp:hints'/>"
              .formatted(result.attribute("id")));
    }
  }

  @Override
  public boolean leavesTombstones() {
    return true;
  }

  private Xml archived(TopicName topic, String content) {
    try (var client = server.client("parley")) {
      return client.archive(room.apply(topic)).stream()
          .filter(result ->
              message(result)
                  .child("body", Namespaces.CLIENT)
                  .filter(body -> body.text().equals(content))
                  .isPresent())
          .findFirst()
          .orElseThrow();
    }
  }

  private static Xml message(Xml result) {
    return result
        .child("forwarded", Namespaces.FORWARD)
        .flatMap(forwarded -> forwarded.child("message", Namespaces.CLIENT))
        .orElseThrow();
  }

  private RawClient author(TopicName topic, Xml result) {
    var client = server.client("parley");
    var nick = Reading.nick(message(result));
    client.join(room.apply(topic), String.valueOf(nick));
    return client;
  }
}
