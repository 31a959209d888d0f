package dev.parley.adapters.inbound.mcp;

import dev.parley.domain.topic.AllowedTopics;
import dev.parley.domain.topic.TopicRefused;
import dev.parley.ports.BackendException;
import dev.parley.ports.StateUnavailable;
import dev.parley.ports.inbound.CatchUp;
import dev.parley.ports.inbound.FetchRecent;
import dev.parley.ports.inbound.HandOffWork;
import dev.parley.ports.inbound.ListUsers;
import dev.parley.ports.inbound.PostMessage;
import dev.parley.ports.inbound.ShowHandOffs;
import dev.parley.ports.inbound.ShowTopics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jmolecules.architecture.hexagonal.PrimaryAdapter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tools of one session; every transport serves the same. */
@PrimaryAdapter
public final class Catalogue {

  private static final Logger LOG = LoggerFactory.getLogger(Catalogue.class);
  private static final int NAMED_TOPICS = 20;

  private final Waits waits = new Waits();
  private final List<Tool> tools;
  private final Map<String, Tool> toolsByName = new LinkedHashMap<>();

  /** The tools over some use cases, described for the topics and backend at hand. */
  public Catalogue(
      PostMessage post,
      FetchRecent fetch,
      CatchUp catchUp,
      HandOffWork work,
      ShowHandOffs handOffs,
      ShowTopics show,
      ListUsers users,
      Limits limits) {
    this.tools = tools(post, fetch, catchUp, work, handOffs, show, users, limits);
    tools.forEach(tool -> toolsByName.put(tool.name(), tool));
  }

  /** A catalogue of any tools, for tests of what serves them. */
  Catalogue(List<Tool> tools) {
    this.tools = tools;
    tools.forEach(tool -> toolsByName.put(tool.name(), tool));
  }

  private List<Tool> tools(
      PostMessage post,
      FetchRecent fetch,
      CatchUp catchUp,
      HandOffWork work,
      ShowHandOffs handOffs,
      ShowTopics show,
      ListUsers users,
      Limits limits) {
    var topics = describe(show.topics());
    var contentLimit = show.backend().limit().toString();
    var posting = new PostTool(post, work);
    return List.of(
        new CatchUpTool(catchUp, limits, waits).describe(topics),
        new FetchRecentTool(fetch, limits, waits).describe(topics),
        posting.describePost(topics, contentLimit),
        posting.describeReply(topics, contentLimit),
        new ListUsersTool(users, limits, waits).describe(topics),
        new HandOffTool(work, show).describe(topics),
        new UpdateHandOffTool(work, handOffs).describe(),
        new ListHandOffsTool(handOffs, limits).describe(topics));
  }

  /** The tools, by name. */
  public List<Tool> tools() {
    return tools;
  }

  /** The tool of this name; null when there is none. */
  @Nullable Tool tool(String name) {
    return toolsByName.get(name);
  }

  Set<String> toolNames() {
    return toolsByName.keySet();
  }

  /** How the tools go together, for a model; under 1,900 characters. */
  public String instructions(boolean pushed) {
    return Instructions.text(pushed);
  }

  /**
   * Calls a tool; whatever goes wrong becomes an answer that says what to do.
   *
   * @throws InterruptedException when the call was cancelled
   */
  public Answer call(Tool tool, Map<String, ?> arguments, Call call) throws InterruptedException {
    try {
      var checked = new Arguments(arguments);
      checked.requireOnly("tool", tool.argumentNames());
      return tool.handler().call(checked, call);
    } catch (ArgumentRefused | TopicRefused | StateUnavailable e) {
      return Answer.failed(Remedy.sentence(e));
    } catch (BackendException e) {
      return Answer.failed(Remedy.of(e));
    } catch (RuntimeException | Error e) {
      LOG.error("Tool {} failed unexpectedly", tool.name(), e);
      return Answer.failed(Remedy.unexpected(e));
    }
  }

  /** The session ends: calls that wait answer at once. */
  public void endWaits() {
    waits.end();
  }

  /** How many calls wait now. */
  public int waiting() {
    return waits.now();
  }

  /** How many calls have waited or wait. */
  public long waits() {
    return waits.begun();
  }

  private static String describe(AllowedTopics allowed) {
    var subscribed = allowed.subscribed();
    var text = new StringBuilder("Topics: ");
    text.append(
        subscribed.isEmpty()
            ? "none subscribed"
            : subscribed.stream()
                .limit(NAMED_TOPICS)
                .map(topic -> "'" + topic + "'")
                .collect(Collectors.joining(", ")));
    if (subscribed.size() > NAMED_TOPICS) {
      text.append(" and ").append(subscribed.size() - NAMED_TOPICS).append(" more");
    }
    if (!allowed.postPatterns().isEmpty()) {
      text.append("; also (post and fetch only) names matching ")
          .append(
              allowed.postPatterns().stream()
                  .limit(NAMED_TOPICS)
                  .map(Object::toString)
                  .collect(Collectors.joining(", ")));
    }
    return text.append('.').toString();
  }
}
