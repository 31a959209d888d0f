package dev.parley.adapters.inbound.stdio;

import dev.parley.adapters.inbound.mcp.Answer;
import dev.parley.adapters.inbound.mcp.CallRequest;
import dev.parley.adapters.inbound.mcp.CallResult;
import dev.parley.adapters.inbound.mcp.Catalogue;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls of tools, each answered as soon as it is done. */
final class ToolCalls {

  private static final Logger LOG = LoggerFactory.getLogger(ToolCalls.class);

  private static final byte[] BEFORE_ID = ascii("{\"jsonrpc\":\"2.0\",\"id\":");
  private static final byte[] BEFORE_RESULT = ascii(",\"result\":{");
  private static final byte[] END = ascii("}}\n");

  private final Catalogue catalogue;
  private final InFlight inFlight;
  private final Output out;

  ToolCalls(Catalogue catalogue, InFlight inFlight, Output out) {
    this.catalogue = catalogue;
    this.inFlight = inFlight;
    this.out = out;
  }

  /**
   * A call that did not begin yet.
   *
   * @param id of the request
   * @throws dev.parley.adapters.inbound.mcp.ParamsRefused when the params are not those of a call
   */
  ToolCall of(Object id, @Nullable Object params) {
    return new ToolCall(id, CallRequest.of(catalogue, params));
  }

  /** One call, which is in flight from the beginning. */
  final class ToolCall {

    private final Object id;
    private final CallRequest request;
    private final InFlight.Entry entry;
    private volatile @Nullable Thread thread;

    private ToolCall(Object id, CallRequest request) {
      this.id = id;
      this.request = request;
      this.entry = inFlight.enter(id, this::cancel);
    }

    /** Runs on a virtual thread of its own. */
    void start() {
      Thread.ofVirtual().name(request.tool().name()).start(this::run);
    }

    private void cancel() {
      var running = thread;
      if (running != null && request.tool().abandonable()) {
        running.interrupt();
      }
    }

    /** Runs on this thread, which a cancellation interrupts. */
    void run() {
      thread = Thread.currentThread();
      try (entry) {
        if (!entry.cancelled() || !request.tool().abandonable()) {
          answer(catalogue.call(request.tool(), request.arguments(), this::progress));
        }
      } catch (InterruptedException _) {
        // Cancelled: by the protocol there is no answer.
      } catch (UncheckedIOException gone) {
        LOG.warn("{}", gone.getMessage());
      }
    }

    private void answer(Answer answer) {
      if (!entry.cancelled()) {
        out.write(result(answer)::writeTo, noting(answer.handedOver()));
      }
    }

    private CallResult result(Answer answer) {
      var before = new ByteArrayOutputStream();
      before.writeBytes(BEFORE_ID);
      before.writeBytes(out.json(id));
      before.writeBytes(BEFORE_RESULT);
      return new CallResult(before.toByteArray(), answer, END);
    }

    private void progress(Duration passed) {
      var token = request.progressToken();
      if (token != null) {
        out.send(
            new JSONRPCNotification(
                McpSchema.JSONRPC_VERSION,
                McpSchema.METHOD_NOTIFICATION_PROGRESS,
                ProgressNotification.builder(token, passed.toMillis() / 1000.0)
                    .message("waiting")
                    .build()));
      }
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static @Nullable Runnable noting(@Nullable Runnable handedOver) {
    if (handedOver == null) {
      return null;
    }
    return () -> {
      try {
        handedOver.run();
      } catch (RuntimeException e) {
        LOG.warn(
            "An answer was given but not noted, so it will be given again: {}", e.getMessage());
      }
    };
  }
}
