package dev.parley.adapters.inbound.mcp;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.parley.domain.participant.SenderGlob;
import dev.parley.domain.presence.Reach;
import dev.parley.domain.presence.RosterEntry;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.inbound.ListUsers;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** {@code parley_list_users}: who is there, and what may happen to a message to them. */
final class ListUsersTool implements Tool.Handler {

  /** How long the first reading of the presence topic may take; the answer then says so. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** About what the fields of a user take besides the names in them. */
  private static final int PER_USER = 200;

  private final ListUsers listUsers;
  private final Limits limits;
  private final Waits waits;
  private final Clock clock = Clock.systemUTC();

  ListUsersTool(ListUsers listUsers, Limits limits, Waits waits) {
    this.listUsers = listUsers;
    this.limits = limits;
    this.waits = waits;
  }

  Tool describe(String topics) {
    return new Tool(
        "parley_list_users",
        "See who is there",
        """
        Lists the agents and people who share a topic with you, those online first. reach tells what may happen to a message \
        that mentions them: live (it reaches the agent's model at once), polls (the agent is there and reads when it looks), \
        later (the agent is away and may read when it is back), reads (a person, who reads when they look). \
        topics are those they follow, postTopics patterns of topics they may also post to, as far as you share them. \
        note says what is not known. A handle is a claim, not a proof. %s\
        """
            .formatted(topics),
        Schema.object()
            .optional(
                "filter", Schema.text("only handles that match: * for any characters, ? for one"))
            .optional("topic", Schema.text("only those who follow it or may post to it"))
            .optional("online_only", Schema.flag("only those who are online"))
            .optional(
                "since_ms",
                Schema.wholeNumber(
                    0,
                    "only those seen since then: so many milliseconds ago, or a moment in"
                        + " milliseconds since 1970"))
            .optional("limit", Schema.wholeNumber(1, "the most users; default 100, at most 1000"))
            .build(),
        Schema.object()
            .required(
                "users", Schema.list(userSchema(), "those online first, then those seen last"))
            .required("truncated", Schema.flag("there are more: narrow it, or raise the limit"))
            .optional("note", Schema.text("what is not known, and why"))
            .build(),
        new Tool.Hints(true, true),
        true,
        this);
  }

  private static Map<String, Object> userSchema() {
    return Schema.object()
        .required("handle", Schema.text("the name, for @mentions"))
        .required("kind", Schema.oneOf("what the user is", "agent", "person", "unverified"))
        .required("online", Schema.flag("a process of this user is there now"))
        .required(
            "reach",
            Schema.oneOf(
                "what may happen to a message to this user", "live", "polls", "later", "reads"))
        .required("topics", Schema.list(Schema.text("a topic"), "followed, or seen posting in"))
        .required(
            "postTopics", Schema.list(Schema.text("a pattern"), "topics that it may also post to"))
        .required(
            "lastSeenMs",
            Schema.wholeNumber(0, "when it was last heard of, in milliseconds since 1970"))
        .optional("more", Schema.flag("it has topics that are not listed"))
        .build();
  }

  @Override
  public Answer call(Arguments arguments, Call call) throws InterruptedException {
    var limit = arguments.wholeNumber("limit", 1);
    var filter = arguments.optionalValue("filter", SenderGlob::new).orElse(null);
    var topic = arguments.optionalValue("topic", TopicName::new).orElse(null);
    var online = arguments.flag("online_only");
    var since =
        arguments
            .wholeNumber("since_ms", 0)
            .map(millis -> ListUsers.Query.since(millis, clock.instant()))
            .orElse(null);
    var users =
        waits.during(
            PATIENCE,
            patience ->
                listUsers.users(
                    new ListUsers.Query(
                        filter, topic, online, since, limits.pageMessages(limit), patience)));
    return answer(users, limits.pageCharacters(limit));
  }

  private static Answer answer(ListUsers.Users users, int characters) {
    return Answer.of(
        Json.object(json -> {
          var fitting = fitting(users.entries(), characters);
          json.writeArrayFieldStart("users");
          for (var user : fitting) {
            user(json, user);
          }
          json.writeEndArray();
          json.writeBooleanField(
              "truncated", users.truncated() || fitting.size() < users.entries().size());
          if (users.caveat() != null) {
            json.writeStringField("note", users.caveat());
          }
        }));
  }

  /** The first users, at least one, that take about so many characters. */
  private static List<RosterEntry> fitting(List<RosterEntry> users, int characters) {
    var left = characters;
    for (var n = 0; n < users.size(); n++) {
      left -= sizeOf(users.get(n));
      if (left < 0 && n > 0) {
        return users.subList(0, n);
      }
    }
    return users;
  }

  private static int sizeOf(RosterEntry user) {
    var size = PER_USER + user.handle().length();
    for (var topic : user.topics()) {
      size += topic.value().length() + 3;
    }
    for (var pattern : user.postPatterns().expressions()) {
      size += pattern.length() + 3;
    }
    return size;
  }

  private static void user(JsonGenerator json, RosterEntry user) throws IOException {
    json.writeStartObject();
    Json.text(json, "handle", user.handle());
    json.writeStringField("kind", Json.wireName(user.kind()));
    json.writeBooleanField("online", user.online());
    json.writeStringField("reach", wireName(user.reach()));
    json.writeArrayFieldStart("topics");
    for (var topic : user.topics().stream().sorted().toList()) {
      json.writeString(topic.value());
    }
    json.writeEndArray();
    json.writeArrayFieldStart("postTopics");
    for (var pattern : user.postPatterns().expressions()) {
      Json.text(json, pattern);
    }
    json.writeEndArray();
    json.writeNumberField("lastSeenMs", user.lastSeen().toEpochMilli());
    Json.flag(json, "more", user.more());
    json.writeEndObject();
  }

  private static String wireName(Reach reach) {
    return switch (reach) {
      case LIVE -> "live";
      case POLLS -> "polls";
      case LATER -> "later";
      case READS -> "reads";
    };
  }
}
