package dev.parley.adapters.outbound.telegram;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.adapters.outbound.telegram.CallFailed.NotSent;
import dev.parley.adapters.outbound.telegram.CallFailed.PerhapsDone;
import dev.parley.adapters.outbound.telegram.CallFailed.Refused;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.ConnectionSpec;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.telegram.telegrambots.client.okhttp.OkHttpTelegramClient;
import org.telegram.telegrambots.meta.api.methods.botapimethods.BotApiMethod;
import org.telegram.telegrambots.meta.api.methods.groupadministration.GetChatAdministrators;
import org.telegram.telegrambots.meta.api.objects.User;
import org.telegram.telegrambots.meta.api.objects.chatmember.ChatMember;
import org.telegram.telegrambots.meta.exceptions.TelegramApiException;
import org.telegram.telegrambots.meta.exceptions.TelegramApiRequestException;
import org.telegram.telegrambots.meta.generics.TelegramClient;

/**
 * The calls of the Bot API. The token is part of every address, so addresses are kept out of
 * messages and logs.
 */
final class BotApi implements AutoCloseable {

  private static final int MOST_REQUESTS = 256;
  private static final int SERVER_FAULTS = 500;

  /** What reading an answer may take that has come in time. */
  private static final Duration TO_READ = Duration.ofSeconds(1);

  private final TelegramSettings settings;
  private @Nullable Connections connections;
  private boolean closed;

  BotApi(TelegramSettings settings) {
    this.settings = settings;
  }

  /** Made when first used, since loading the libraries takes longer than a session may start. */
  private record Connections(
      ExecutorService threads, OkHttpClient http, TelegramClient client, TelegramClient polling) {}

  private static final class Json {
    static final ObjectMapper REQUESTS =
        JsonMapper.builder()
            .defaultPropertyInclusion(
                JsonInclude.Value.construct(
                    JsonInclude.Include.NON_NULL, JsonInclude.Include.USE_DEFAULTS))
            .build();
  }

  private synchronized Connections connections() {
    if (closed) {
      throw new NotSent(new IOException("the Telegram backend was closed"));
    }
    if (connections == null) {
      var threads =
          Executors.newThreadPerTaskExecutor(
              Thread.ofVirtual().name("parley-telegram-call").factory());
      var http = http(threads);
      var longest = settings.timeout().plus(settings.pollTimeout());
      var patient = http.newBuilder().callTimeout(longest).readTimeout(longest).build();
      connections = new Connections(threads, http, client(http), client(patient));
    }
    return connections;
  }

  private TelegramClient client(OkHttpClient http) {
    return new OkHttpTelegramClient(Json.REQUESTS, http, settings.token(), settings.url());
  }

  // Without retries of its own: a post that may have arrived must not be sent a second time.
  private OkHttpClient http(ExecutorService threads) {
    var timeout = settings.timeout();
    var plain = settings.url().getSchema().equals("http");
    var dispatcher = new Dispatcher(threads);
    dispatcher.setMaxRequests(MOST_REQUESTS);
    dispatcher.setMaxRequestsPerHost(MOST_REQUESTS);
    return new OkHttpClient.Builder()
        .dispatcher(dispatcher)
        .connectionSpecs(List.of(plain ? ConnectionSpec.CLEARTEXT : ConnectionSpec.MODERN_TLS))
        .retryOnConnectionFailure(false)
        .followRedirects(false)
        .callTimeout(timeout)
        .connectTimeout(timeout)
        .readTimeout(timeout)
        .writeTimeout(timeout)
        .addNetworkInterceptor(chain -> {
          try {
            return answered(chain.proceed(chain.request()));
          } catch (Sent known) {
            throw known;
          } catch (IOException broken) {
            throw new Sent("the connection broke before the answer", broken);
          }
        })
        .build();
  }

  /** An answer that may be the Bot API's; whatever a proxy says in between is none. */
  private static Response answered(Response response) throws IOException {
    var code = response.code();
    if (code < SERVER_FAULTS && isJson(response)) {
      return response;
    }
    response.close();
    throw new Sent(
        code >= SERVER_FAULTS
            ? "the server answered with HTTP %d".formatted(code)
            : "what answered (HTTP %d) is not the Bot API".formatted(code),
        null);
  }

  private static boolean isJson(Response response) {
    var type = response.body().contentType();
    return type != null && type.subtype().contains("json");
  }

  /** Thrown once a connection stands, so that the request may have arrived. */
  private static final class Sent extends IOException {
    private static final long serialVersionUID = 1L;

    Sent(String why, @Nullable Throwable cause) {
      super(why, cause);
    }
  }

  /** Makes a call whose answer is an object; takes no longer than the request timeout. */
  ObjectNode ask(BotApiMethod<?> method) {
    return call(connections().client(), new AnswerAsJson(method), settings.timeout());
  }

  /** Makes a call whose answer is an object; takes no longer than this. */
  ObjectNode ask(BotApiMethod<?> method, Duration atMost) {
    var http = connections().http().newBuilder().callTimeout(atLeastSome(atMost)).build();
    return call(client(http), new AnswerAsJson(method), atMost);
  }

  // For the library, no time at all is time without end.
  private static Duration atLeastSome(Duration time) {
    return time.isPositive() ? time : Duration.ofMillis(1);
  }

  /** The administrators of a chat. */
  List<User> administrators(long chat) {
    var method = new GetChatAdministrators(Long.toString(chat));
    return call(connections().client(), method, settings.timeout()).stream()
        .map(ChatMember::getUser)
        .toList();
  }

  /**
   * Asks for updates; confirms those before the offset.
   *
   * @param wait how long Telegram is to wait while there are none, at most the poll timeout
   */
  List<ObjectNode> updates(@Nullable Long offset, Duration wait) {
    return call(
        connections().polling(),
        new UpdatesCall(offset, (int) wait.toSeconds()),
        settings.timeout().plus(settings.pollTimeout()));
  }

  private static <T extends Serializable> T call(
      TelegramClient client, BotApiMethod<T> method, Duration atMost) {
    try {
      return client.executeAsync(method).get(atMost.plus(TO_READ).toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException failure) {
      throw failed(failure.getCause() == null ? failure : failure.getCause());
    } catch (TelegramApiException invalid) {
      throw new IllegalArgumentException("the library refuses " + method.getMethod(), invalid);
    } catch (TimeoutException slow) {
      throw new PerhapsDone("no answer came in time", slow);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new PerhapsDone("the call was interrupted", interrupted);
    }
  }

  private static CallFailed failed(Throwable failure) {
    if (failure instanceof TelegramApiRequestException refusal
        && refusal.getApiResponse() != null
        && refusal.getErrorCode() != null) {
      var more = refusal.getParameters();
      return new Refused(
          refusal.getErrorCode(),
          refusal.getApiResponse(),
          more == null ? null : more.getRetryAfter(),
          more == null ? null : more.getMigrateToChatId());
    }
    if (failure instanceof TelegramApiException unreadable) {
      return new PerhapsDone("the answer could not be read", unreadable);
    }
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof Sent sent) {
        return new PerhapsDone(String.valueOf(sent.getMessage()), sent);
      }
    }
    return new NotSent(failure);
  }

  /** Ends every call and connection. */
  @Override
  public synchronized void close() {
    closed = true;
    if (connections != null) {
      connections.http().dispatcher().cancelAll();
      connections.threads().shutdownNow();
      connections.http().connectionPool().evictAll();
    }
  }
}
