package dev.parley.adapters.outbound.zulip;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.adapters.outbound.support.JsonClient;
import dev.parley.adapters.outbound.support.NoAnswer;
import dev.parley.conformance.Misconfiguration;
import dev.parley.conformance.Server;
import dev.parley.conformance.Store;
import dev.parley.conformance.live.LiveService;
import dev.parley.ports.outbound.BackendPlugin;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A real server, named by the environment; each store is a channel that the bot makes there. */
final class ZulipLive implements LiveService {

  /** Long enough to wait for a limit of the rate. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final String site =
      LiveService.required("PARLEY_LIVE_ZULIP_SITE_URL", "zulip").replaceFirst("/+$", "");
  private final String email = LiveService.required("PARLEY_LIVE_ZULIP_EMAIL", "zulip");
  private final String key = LiveService.required("PARLEY_LIVE_ZULIP_API_KEY", "zulip");
  private final String stream = LiveService.required("PARLEY_LIVE_ZULIP_STREAM", "zulip");
  private final JsonClient client = new JsonClient(PATIENCE, body -> Optional.empty());
  private final long run = System.currentTimeMillis();
  private int stores;

  /** Makes a call as the bot. */
  JsonNode call(String method, String path, Map<String, String> parameters) {
    var form =
        parameters.entrySet().stream()
            .map(p -> p.getKey() + "=" + URLEncoder.encode(p.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    var credentials = (email + ":" + key).getBytes(StandardCharsets.UTF_8);
    var request =
        HttpRequest.newBuilder(URI.create(site + "/api/v1" + path))
            .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .method(
                method, form.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(form))
            .build();
    try {
      var answer = client.send(request, PATIENCE);
      if (!answer.isSuccess()) {
        throw new IllegalStateException(
            "%s %s: %d %s".formatted(method, path, answer.status(), answer.body().path("msg")));
      }
      return answer.body();
    } catch (NoAnswer none) {
      throw new IllegalStateException(none);
    }
  }

  /** The values that open a channel. */
  Map<String, String> config(String channel) {
    return Map.of(
        "site_url", site,
        "email", email,
        "api_key", key,
        "stream", channel,
        "request_timeout_ms", Long.toString(PATIENCE.toMillis()));
  }

  @Override
  public BackendPlugin plugin() {
    return new ZulipPlugin();
  }

  @Override
  public Server server() {
    var version = call("GET", "/server_settings", Map.of()).path("zulip_version").asText();
    return Server.real("Zulip", version);
  }

  @Override
  public Store newStore() {
    return new LiveChannel(this, "%s %d %d".formatted(stream, run, ++stores));
  }

  @Override
  public List<Misconfiguration> misconfigurations() {
    return List.of(
        fault("wrong key", "api_key", "wr0ng-wr0ng-wr0ng", "API key", "check"),
        fault("no channel", "stream", "no such channel " + run, "no channel", "stream"));
  }

  private Misconfiguration fault(String what, String setting, String value, String... words) {
    var whole = new TreeMap<>(config(stream));
    whole.put(setting, value);
    return new Misconfiguration(what, whole, List.of(words));
  }

  @Override
  public Set<String> libraryThreads() {
    return Set.of();
  }

  @Override
  public Duration patience() {
    return PATIENCE;
  }

  @Override
  public void close() {
    client.close();
  }
}
