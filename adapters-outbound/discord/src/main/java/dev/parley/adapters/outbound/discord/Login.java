package dev.parley.adapters.outbound.discord;

import com.neovisionaries.ws.client.WebSocketFactory;
import dev.parley.ports.BackendException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.JDABuilder;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import net.dv8tion.jda.api.exceptions.InvalidTokenException;
import net.dv8tion.jda.api.exceptions.ParsingException;
import net.dv8tion.jda.api.requests.GatewayIntent;
import net.dv8tion.jda.api.requests.RestConfig;
import net.dv8tion.jda.api.requests.Route;
import net.dv8tion.jda.api.utils.Compression;
import net.dv8tion.jda.api.utils.SessionControllerAdapter;
import net.dv8tion.jda.internal.utils.JDALogger;
import okhttp3.OkHttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the bot in: its token is checked, and the gateway connects in the background. Without
 * caches, and with threads that do not keep the JVM alive.
 */
final class Login implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Login.class);
  private static final int MESSAGE_CONTENT = 1 << 18;
  private static final int MESSAGE_CONTENT_UP_TO_100_SERVERS = 1 << 19;
  private static final Route APPLICATION =
      Route.custom(net.dv8tion.jda.api.requests.Method.GET, "applications/@me");

  static {
    // JDA has a logger of its own, which writes to stderr where there is no other.
    JDALogger.setFallbackLoggerEnabled(false);
  }

  private final DiscordSettings settings;
  private final Faults faults;
  private final OkHttpClient http;
  // Not JDA's to end, which would do so under a session that is just beginning.
  private final ScheduledExecutorService gatewayThread = scheduler("gateway");
  // Nor this: who waits for an answer is to have one when the session is ended meanwhile.
  private final ExecutorService callbacks = Executors.newVirtualThreadPerTaskExecutor();

  Login(DiscordSettings settings, Faults faults, Limits limits) {
    this.settings = settings;
    this.faults = faults;
    this.http =
        new OkHttpClient.Builder()
            .connectTimeout(settings.timeout())
            .readTimeout(settings.timeout())
            .callTimeout(settings.timeout())
            .addInterceptor(limits)
            .build();
  }

  /** Logs in; {@code events} hears of the new session from now on. */
  Session logIn(GatewayEvents events) {
    var jda = build(events);
    try {
      var application = application(jda, events);
      var self = jda.getSelfUser();
      return new Session(jda, events, self.getIdLong(), self.getName(), application);
    } catch (RuntimeException failed) {
      jda.shutdownNow();
      throw failed;
    }
  }

  private JDA build(GatewayEvents events) {
    try {
      return JDABuilder.createLight(
              settings.token(),
              EnumSet.of(GatewayIntent.GUILD_MESSAGES, GatewayIntent.MESSAGE_CONTENT))
          .setRestConfig(new RestConfig().setBaseUrl(settings.apiUrl() + "/"))
          .setHttpClient(http)
          .setSessionController(new Gateway(settings.gatewayUrl()))
          .setWebsocketFactory(webSockets())
          .setCompression(Compression.NONE)
          .setRawEventsEnabled(true)
          .setEnableShutdownHook(false)
          .setRequestTimeoutRetry(false)
          .setBulkDeleteSplittingEnabled(false)
          .setGatewayPool(gatewayThread, false)
          .setRateLimitScheduler(scheduler("limits"), true)
          .setRateLimitElastic(requests(), true)
          .setCallbackPool(callbacks, false)
          .addEventListeners(events)
          .build();
    } catch (InvalidTokenException refused) {
      throw faults.refusedToken();
    } catch (ErrorResponseException failed) {
      throw ofStatus(failed);
    } catch (ParsingException noJson) {
      throw faults.notDiscord(noJson);
    } catch (IllegalStateException | IllegalArgumentException | CompletionException failed) {
      throw faults.unavailable(failed);
    }
  }

  private BackendException ofStatus(ErrorResponseException failed) {
    var status = failed.getResponse().code;
    if (status >= 400 && status < 500) {
      return faults.notDiscord(failed);
    }
    return status >= 500
        ? faults.unavailable(new Answer(status, ""))
        : faults.unavailable(failed.getResponse().getException());
  }

  private WebSocketFactory webSockets() {
    var millis = (int) Math.min(settings.timeout().toMillis(), Duration.ofSeconds(10).toMillis());
    return new WebSocketFactory().setConnectionTimeout(millis).setSocketTimeout(millis);
  }

  private static ScheduledExecutorService scheduler(String name) {
    ThreadFactory daemons = Thread.ofPlatform().daemon().name("parley-discord-" + name).factory();
    return Executors.newSingleThreadScheduledExecutor(daemons);
  }

  // A request of JDA that is interrupted at the end of a session throws; nobody waits for it.
  private static ExecutorService requests() {
    return Executors.newThreadPerTaskExecutor(
        Thread.ofVirtual()
            .name("parley-discord-request")
            .uncaughtExceptionHandler((_, ended) -> LOG.debug("a request was ended", ended))
            .factory());
  }

  /** The id of the bot's application, which has to have what Parley needs. */
  private long application(JDA jda, GatewayEvents events) {
    Answer answer;
    try {
      answer = new Call(jda, APPLICATION.compile(), null).submit().join();
    } catch (RuntimeException failed) {
      throw events.state() == GatewayEvents.State.ENDED
          ? faults.ofClose(events.closeCode())
          : faults.unavailable(failed);
    }
    if (!answer.isOk()) {
      throw answer.isUnauthorized() ? faults.refusedToken() : faults.unavailable(answer);
    }
    try {
      var application = answer.object();
      var allowed = MESSAGE_CONTENT | MESSAGE_CONTENT_UP_TO_100_SERVERS;
      if ((application.getInt("flags", 0) & allowed) == 0) {
        throw faults.missingContentIntent();
      }
      return application.getUnsignedLong("id");
    } catch (ParsingException noApplication) {
      throw faults.notDiscord(noApplication);
    }
  }

  /** Breaks off the requests that are under way. */
  void breakOff() {
    http.dispatcher().cancelAll();
    http.connectionPool().evictAll();
  }

  /** No session is left. */
  @Override
  public void close() {
    gatewayThread.shutdownNow();
    callbacks.shutdown();
  }

  /**
   * Where JDA connects to; on a single shard it does not ask the API. It does not wait 5 s between
   * two sessions either: Discord says so when there were too many.
   */
  private static final class Gateway extends SessionControllerAdapter {
    private final String url;

    Gateway(String url) {
      this.url = url;
    }

    @Override
    public String getGateway() {
      return url;
    }

    @Override
    protected void runWorker() {
      synchronized (lock) {
        if (workerHandle == null) {
          workerHandle = new QueueWorker(0);
          workerHandle.setDaemon(true);
          workerHandle.start();
        }
      }
    }
  }
}
