package dev.parley.adapters.outbound.xmpp;

import static dev.parley.adapters.outbound.xmpp.Namespaces.DATA_FORMS;
import static dev.parley.adapters.outbound.xmpp.Namespaces.DISCO_INFO;
import static dev.parley.adapters.outbound.xmpp.Namespaces.MAM;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a room says of itself (XEP-0045, 6.4).
 *
 * @param owner the topic that its description names, if any
 */
record RoomState(Set<String> features, @Nullable String owner) {

  private static final String DESCRIPTION = "Parley topic: ";

  /** That of a room which is not there yet. */
  static RoomState none() {
    return new RoomState(Set.of(), null);
  }

  static RoomState read(Xml answer) {
    var query = answer.child("query", DISCO_INFO);
    return new RoomState(
        query.stream()
            .flatMap(q -> q.all("feature", DISCO_INFO).stream())
            .flatMap(feature -> Optional.ofNullable(feature.attribute("var")).stream())
            .collect(Collectors.toUnmodifiableSet()),
        query
            .flatMap(q -> q.child("x", DATA_FORMS))
            .flatMap(form ->
                form.all("field", DATA_FORMS).stream()
                    .filter(f -> "muc#roominfo_description".equals(f.attribute("var")))
                    .findFirst())
            .flatMap(field -> field.child("value"))
            .map(Xml::text)
            .filter(text -> text.startsWith(DESCRIPTION))
            .map(text -> text.substring(DESCRIPTION.length()))
            .orElse(null));
  }

  /** What the description of a topic's room is set to. */
  static String description(String topic) {
    return DESCRIPTION + topic;
  }

  boolean hasArchive() {
    return features.contains(MAM);
  }

  /** Whether everybody sees the accounts behind the nicks. */
  boolean showsAccounts() {
    return features.contains("muc_nonanonymous");
  }

  boolean isPersistent() {
    return features.contains("muc_persistent");
  }
}
