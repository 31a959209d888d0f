package dev.parley.adapters.inbound.mcp;

import dev.parley.domain.topic.TopicRefused;
import dev.parley.ports.BackendException;
import dev.parley.ports.inbound.ListUsers;
import dev.parley.ports.inbound.ObserveTopic;
import dev.parley.ports.inbound.ShowTopics;
import java.util.Map;
import java.util.function.Consumer;
import org.jmolecules.architecture.hexagonal.PrimaryAdapter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a client asks for besides tools: <a
 * href="https://modelcontextprotocol.io/specification/2025-11-25/server">prompts, resources and
 * completions</a>. The same for every transport.
 */
@PrimaryAdapter
public class Requests {

  private static final Logger LOG = LoggerFactory.getLogger(Requests.class);

  private final ObserveTopic observe;
  private final Prompts prompts;
  private final Resources resources;
  private final Completions completions;

  /** The requests over some use cases. */
  public Requests(ObserveTopic observe, ShowTopics show, ListUsers users) {
    this.observe = observe;
    this.prompts = new Prompts(show);
    this.resources = new Resources(observe, show);
    this.completions = new Completions(prompts, show, users);
  }

  /** Whether a method is answered here. */
  public static boolean include(String method) {
    return switch (method) {
      case "prompts/list",
          "prompts/get",
          "resources/list",
          "resources/templates/list",
          "resources/read",
          "resources/subscribe",
          "resources/unsubscribe",
          "completion/complete" ->
          true;
      default -> false;
    };
  }

  /**
   * The subscriptions of a session that begins.
   *
   * @param updated is given the URI of a resource that may have changed, one call at a time for
   *     each URI; many changes at once may make one call
   */
  public Subscriptions subscriptions(Consumer<String> updated) {
    return new Subscriptions(observe, updated);
  }

  /**
   * Answers a request.
   *
   * @param method one that is {@link #include included}
   * @param params as they came
   * @param subscriptions of the session that asks
   * @return the result, in the shape that MCP gives it
   * @throws ParamsRefused when the params do not fit the method
   * @throws ResourceUnknown when there is no such resource for this instance
   * @throws RequestFailed when the backend did not answer
   * @throws InterruptedException when the request was cancelled
   */
  public Map<String, Object> answer(
      String method, @Nullable Object params, Subscriptions subscriptions)
      throws InterruptedException {
    try {
      return answer(method, Params.of(params), subscriptions);
    } catch (ArgumentRefused | TopicRefused e) {
      throw new ParamsRefused(Remedy.sentence(e));
    } catch (BackendException e) {
      throw new RequestFailed(Remedy.of(e));
    } catch (ParamsRefused | ResourceUnknown e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("{} failed unexpectedly", method, e);
      throw new RequestFailed(Remedy.unexpected(e));
    }
  }

  /** Answers a request; refuses by the exceptions that the public method names or maps. */
  Map<String, Object> answer(String method, Params params, Subscriptions subscriptions)
      throws InterruptedException {
    return switch (method) {
      case "prompts/list" -> prompts.list(params);
      case "prompts/get" -> prompts.get(params);
      case "resources/list" -> resources.list(params);
      case "resources/templates/list" -> resources.templates(params);
      case "resources/read" -> resources.read(params);
      case "resources/subscribe" -> subscriptions.add(params.text("uri"));
      case "resources/unsubscribe" -> subscriptions.remove(params.text("uri"));
      case "completion/complete" -> completions.complete(params);
      default -> throw new IllegalArgumentException("not one of these requests: " + method);
    };
  }
}
