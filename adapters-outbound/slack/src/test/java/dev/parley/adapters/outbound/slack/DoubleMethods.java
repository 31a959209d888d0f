package dev.parley.adapters.outbound.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Methods of the double's Web API, on one workspace. */
final class DoubleMethods {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CUT_AT = 40_000;
  private static final int MOST = 999;
  private static final int MOST_FOR_DISTRIBUTED = 15;
  private static final Pattern MASS = Pattern.compile("<!(here|channel|everyone|subteam[^>]*)[|>]");
  private static final Pattern MEMBER = Pattern.compile("<@U0GRACE[|>]");

  private final Workspace workspace;
  private final String socketAddress;
  private final SlackDouble slack;

  DoubleMethods(SlackDouble slack, Workspace workspace, String socketAddress) {
    this.slack = slack;
    this.workspace = workspace;
    this.socketAddress = socketAddress;
  }

  /** A method's refusal. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String code) {
      super(code);
    }
  }

  /** What a method answers to the app's bot. */
  ObjectNode answer(String method, Map<String, String> parameters) throws Refused {
    return switch (method) {
      case "auth.test" -> authTest();
      case "users.list" -> usersList();
      case "users.info" -> usersInfo(parameters);
      case "conversations.info" -> conversationsInfo(parameters);
      case "conversations.history" -> history(parameters);
      case "conversations.replies" -> replies(parameters);
      case "chat.postMessage" -> postMessage(parameters);
      default -> throw new Refused("unknown_method");
    };
  }

  /** What apps.connections.open answers to the app itself. */
  ObjectNode open() throws Refused {
    if (!workspace.hasSocketMode()) {
      throw new Refused("socket_mode_not_enabled");
    }
    return ok().put("url", socketAddress + "/link/?ticket=" + slack.sockets().ticket(workspace));
  }

  private static ObjectNode ok() {
    return Workspace.message().put("ok", true);
  }

  private void need(String... scopes) throws Refused {
    if (List.of(scopes).stream().noneMatch(workspace.scopes()::contains)) {
      throw new Refused("missing_scope " + scopes[0]);
    }
  }

  private ObjectNode authTest() {
    return ok().put("team_id", workspace.team())
        .put("team", "Example")
        .put("user", "parley")
        .put("user_id", "U0BOT")
        .put("bot_id", workspace.bot());
  }

  private ObjectNode usersList() throws Refused {
    need("users:read");
    var answer = ok();
    var members = answer.putArray("members");
    workspace.people().keySet().forEach(id -> members.add(user(id)));
    members.addObject().put("id", "U0BOT").put("name", "parley").put("is_bot", true);
    return answer;
  }

  private ObjectNode usersInfo(Map<String, String> parameters) throws Refused {
    need("users:read");
    var id = parameters.getOrDefault("user", "");
    if (!workspace.people().containsKey(id)) {
      throw new Refused("user_not_found");
    }
    var answer = ok();
    answer.set("user", user(id));
    return answer;
  }

  private ObjectNode user(String id) {
    var user = Workspace.message().put("id", id);
    user.put("name", workspace.people().getOrDefault(id, "nobody"));
    user.putObject("profile").put("display_name", "The Honourable " + id);
    return user;
  }

  private DoubleChannel channel(Map<String, String> parameters) throws Refused {
    var id = parameters.getOrDefault("channel", "");
    if (!workspace.hasChannel(id)) {
      throw new Refused("channel_not_found");
    }
    return workspace.channel(id);
  }

  private DoubleChannel joined(Map<String, String> parameters) throws Refused {
    var channel = channel(parameters);
    if (!channel.isMember()) {
      throw new Refused("not_in_channel");
    }
    return channel;
  }

  private ObjectNode conversationsInfo(Map<String, String> parameters) throws Refused {
    need("channels:read", "groups:read");
    var channel = channel(parameters);
    var answer = ok();
    answer
        .putObject("channel")
        .put("id", channel.id())
        .put("name", "channel-" + channel.id())
        .put("is_member", channel.isMember())
        .put("is_archived", channel.isArchived());
    return answer;
  }

  /**
   * Newest first. With an oldest place only, the entries that are closest to it, as Slack does; the
   * cursor then goes on from there to newer ones.
   */
  private ObjectNode history(Map<String, String> parameters) throws Refused {
    need("channels:history", "groups:history");
    workspace.awaitWhatIsDue();
    var shown =
        new ArrayList<>(joined(parameters).shown().stream().filter(within(parameters)).toList());
    var upwards = parameters.containsKey("oldest") && !parameters.containsKey("latest");
    if (!upwards) {
      Collections.reverse(shown);
    }
    var answer = page(shown, parameters);
    if (upwards) {
      reverse(answer);
    }
    return answer;
  }

  private static void reverse(ObjectNode answer) {
    var messages = new ArrayList<>(answer.withArray("messages").valueStream().toList());
    Collections.reverse(messages);
    answer.putArray("messages").addAll(messages);
  }

  private ObjectNode replies(Map<String, String> parameters) throws Refused {
    need("channels:history", "groups:history");
    workspace.awaitWhatIsDue();
    var thread =
        joined(parameters).thread(Ts.parse(parameters.getOrDefault("ts", "")).orElseThrow());
    if (thread.isEmpty()) {
      throw new Refused("thread_not_found");
    }
    var kept = new ArrayList<ObjectNode>();
    kept.add(thread.getFirst());
    thread.stream().skip(1).filter(within(parameters)).forEach(kept::add);
    return page(kept, parameters);
  }

  private static Predicate<ObjectNode> within(Map<String, String> parameters) {
    var oldest = Ts.parse(parameters.getOrDefault("oldest", ""));
    var latest = Ts.parse(parameters.getOrDefault("latest", ""));
    var inclusive = Boolean.parseBoolean(parameters.get("inclusive"));
    return entry -> {
      var ts = DoubleChannel.tsOf(entry);
      return oldest.map(o -> ts.isAfter(o) || (inclusive && ts.equals(o))).orElse(true)
          && latest.map(l -> l.isAfter(ts) || (inclusive && ts.equals(l))).orElse(true);
    };
  }

  private ObjectNode page(List<ObjectNode> all, Map<String, String> parameters) throws Refused {
    var limit = Integer.parseInt(parameters.getOrDefault("limit", "100"));
    if (limit < 1 || limit > MOST) {
      throw new Refused("invalid_limit");
    }
    if (workspace.isDistributed()) {
      limit = Math.min(limit, MOST_FOR_DISTRIBUTED);
    }
    var cursor = parameters.getOrDefault("cursor", "");
    var start = cursor.isEmpty() ? 0 : after(all, cursor);
    var answer = ok();
    var messages = answer.putArray("messages");
    var end = Math.min(all.size(), start + limit);
    for (var entry : all.subList(start, end)) {
      if (!Boolean.parseBoolean(parameters.get("include_all_metadata"))) {
        entry.remove("metadata");
      }
      messages.add(entry);
    }
    answer.put("has_more", end < all.size());
    answer
        .putObject("response_metadata")
        .put("next_cursor", end < all.size() ? "next:" + all.get(end - 1).path("ts").asText() : "");
    return answer;
  }

  /** The cursor names the last entry that was given: what comes in between does not shift it. */
  private static int after(List<ObjectNode> all, String cursor) throws Refused {
    for (var n = 0; n < all.size(); n++) {
      if (cursor.equals("next:" + all.get(n).path("ts").asText())) {
        return n + 1;
      }
    }
    throw new Refused("invalid_cursor");
  }

  private ObjectNode postMessage(Map<String, String> parameters) throws Refused {
    need("chat:write");
    var channel = joined(parameters);
    if (channel.isArchived()) {
      throw new Refused("is_archived");
    }
    var message = Workspace.message();
    message.put("subtype", "bot_message");
    message.put("bot_id", workspace.bot());
    message.put("app_id", "A" + workspace.team());
    if (parameters.containsKey("username")) {
      need("chat:write.customize");
      message.put("username", parameters.get("username"));
    } else {
      message.remove("subtype");
      message.put("user", "U0BOT");
      message.putObject("bot_profile").put("name", "parley");
    }
    var text = parameters.getOrDefault("text", "");
    var cut = text.length() > CUT_AT;
    message.put("text", DoubleEmoji.kept(cut ? text.substring(0, CUT_AT) : text));
    if (parameters.containsKey("metadata")) {
      message.set("metadata", metadata(parameters.get("metadata")));
    }
    putThread(parameters, channel, message);
    notifyAbout(parameters, text);
    var posted = workspace.add(channel, message);
    var answer = ok().put("channel", channel.id()).put("ts", posted.path("ts").asText());
    answer.set("message", posted.deepCopy());
    if (cut) {
      answer.putObject("response_metadata").putArray("warnings").add("message_truncated");
    }
    return answer;
  }

  private static ObjectNode metadata(String json) throws Refused {
    try {
      return (ObjectNode) JSON.readTree(json);
    } catch (JsonProcessingException | ClassCastException noObject) {
      throw new Refused("invalid_metadata_format");
    }
  }

  private static void putThread(
      Map<String, String> parameters, DoubleChannel channel, ObjectNode message) throws Refused {
    var thread = parameters.getOrDefault("thread_ts", "");
    if (!thread.isEmpty()) {
      if (!channel.has(Ts.parse(thread).orElseThrow(() -> new Refused("invalid_thread_ts")))) {
        throw new Refused("thread_not_found");
      }
      message.put("thread_ts", thread);
    }
  }

  /** Whom Slack would notify, and whether it would show a preview. */
  private void notifyAbout(Map<String, String> parameters, String text) {
    var members = (int) MEMBER.matcher(text).results().count();
    var masses = (int) MASS.matcher(text).results().count();
    var loose =
        Boolean.parseBoolean(parameters.get("link_names"))
            || "full".equals(parameters.get("parse"));
    if (loose && (text.contains("@grace") || text.contains("@here") || text.contains("@channel"))) {
      masses++;
    }
    workspace.notified(members + masses);
    if (text.contains("://") && !"false".equals(parameters.get("unfurl_links"))) {
      workspace.previewed();
    }
  }
}
