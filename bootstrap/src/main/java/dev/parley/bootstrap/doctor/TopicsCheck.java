package dev.parley.bootstrap.doctor;

import dev.parley.bootstrap.config.ConfigurationFile;
import dev.parley.domain.participant.SenderGlob;
import dev.parley.ports.outbound.Capabilities;
import dev.parley.ports.outbound.Finding;
import java.util.List;

/** What may be read and posted, and who may reach the model. */
final class TopicsCheck {

  private TopicsCheck() {}

  static List<Finding> of(ConfigurationFile file) {
    var configuration = file.configuration();
    var topics =
        Finding.ok(
            "topics",
            "subscribed to %s; may also post to %s"
                .formatted(
                    named(configuration.topics(), "none"),
                    named(configuration.postTopics(), "no others")));
    return List.of(topics, gate(file));
  }

  /** A store that is watched is a file of this machine; any other can be written from elsewhere. */
  private static Finding gate(ConfigurationFile file) {
    var push = file.configuration().livePush();
    var open = push.from().stream().map(SenderGlob::new).anyMatch(SenderGlob::matchesEveryone);
    if (!push.enabled()) {
      return Finding.ok("gate", "live push is off; nobody's messages reach the model unasked");
    }
    if (!open) {
      return Finding.ok(
          "gate", "only messages from %s are pushed".formatted(named(push.from(), "")));
    }
    if (file.plugin().capabilities().push() == Capabilities.Push.WATCH) {
      return Finding.ok(
          "gate", "whoever can write to the store on this machine reaches the model by push");
    }
    return Finding.warning(
        "gate",
        "live_push.from is '*', so whoever can post to the topics reaches the model unasked",
        "name those you trust in live_push.from, unless everybody there is trusted");
  }

  private static String named(List<String> names, String none) {
    return names.isEmpty() ? none : String.join(", ", names);
  }
}
