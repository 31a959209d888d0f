package dev.parley.adapters.outbound.xmpp;

import dev.parley.conformance.Store.Person;
import dev.parley.domain.topic.TopicName;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A person whose client tells of a message that refers to the account, or has the nick in it as a
 * word.
 */
record PersonAtClient(GroupClient group, Function<TopicName, String> room) implements Person {

  @Override
  public String handle() {
    return group.nick();
  }

  @Override
  public void post(TopicName topic, String content) {
    group.in(room.apply(topic)).client().say(room.apply(topic), content);
  }

  @Override
  public int notifications() {
    return (int) group.client().received().stream().filter(this::tells).count();
  }

  private boolean tells(Xml message) {
    var word = Pattern.compile("\\b" + Pattern.quote(group.nick()) + "\\b");
    return message.name().equals("message")
        && (message.all("reference", Namespaces.REFERENCES).stream()
                .anyMatch(r -> ("xmpp:grace@" + XmppServer.DOMAIN).equals(r.attribute("uri")))
            || message
                .child("body", Namespaces.CLIENT)
                .filter(body -> word.matcher(body.text()).find())
                .isPresent());
  }

  /** Clients make previews of their own; nothing that is sent asks for one. */
  @Override
  public int previews() {
    return (int)
        group.client().received().stream()
            .filter(message ->
                message.children().stream()
                    .anyMatch(child -> child.namespace().startsWith("http://www.w3.org/1999/02")))
            .count();
  }
}
