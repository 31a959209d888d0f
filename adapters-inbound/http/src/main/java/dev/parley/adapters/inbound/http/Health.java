package dev.parley.adapters.inbound.http;

import dev.parley.ports.inbound.ObserveTopic;
import dev.parley.ports.inbound.ShowTopics;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.PathMatchers;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;

/**
 * {@code /health}, for whoever decides where to send requests: up while the backend answers; and
 * {@code /health/live}, for whoever restarts what hangs: up while the process answers. They say no
 * more than that, so anybody may ask.
 */
public final class Health implements HttpFeature {

  /** Where to ask for the backend. */
  public static final String PATH = "/health";

  /** Where to ask for the process. */
  public static final String LIVE_PATH = PATH + "/live";

  private static final byte[] UP = ascii("{\"status\":\"up\"}");
  private static final byte[] DOWN = ascii("{\"status\":\"down\"}");

  private final BackendProbe probe;

  /** Tells of the backend behind some use cases. */
  public Health(ObserveTopic observe, ShowTopics show) {
    this.probe = new BackendProbe(observe, show);
  }

  @Override
  public void setup(HttpRouting.Builder routing) {
    var reading = Method.predicate(Method.GET, Method.HEAD);
    routing
        .route(reading, PathMatchers.exact(PATH), (_, response) -> send(response, probe.answers()))
        .route(reading, PathMatchers.exact(LIVE_PATH), (_, response) -> send(response, true));
  }

  private static void send(ServerResponse response, boolean up) {
    response
        .status(up ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503)
        .header(HeaderValues.CONTENT_TYPE_JSON)
        .send(up ? UP : DOWN);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
