package dev.parley.adapters.inbound.stdio;

import dev.parley.adapters.inbound.mcp.ParamsRefused;
import dev.parley.adapters.inbound.mcp.RequestFailed;
import dev.parley.adapters.inbound.mcp.Requests;
import dev.parley.adapters.inbound.mcp.ResourceUnknown;
import dev.parley.adapters.inbound.mcp.Subscriptions;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests for prompts, resources and completions, each on a virtual thread of its own. */
final class OtherRequests {

  private static final Logger LOG = LoggerFactory.getLogger(OtherRequests.class);

  private final Requests requests;
  private final Subscriptions subscriptions;
  private final InFlight inFlight;
  private final Output out;

  OtherRequests(Requests requests, Subscriptions subscriptions, InFlight inFlight, Output out) {
    this.requests = requests;
    this.subscriptions = subscriptions;
    this.inFlight = inFlight;
    this.out = out;
  }

  /** Starts to answer a request. */
  void start(JSONRPCRequest request) {
    new Running(request).thread.start();
  }

  /** One request under way. */
  private final class Running {

    private final JSONRPCRequest request;
    private final Thread thread;
    private final InFlight.Entry entry;

    Running(JSONRPCRequest request) {
      this.request = request;
      this.thread = Thread.ofVirtual().name(request.method()).unstarted(this::run);
      this.entry = inFlight.enter(request.id(), thread::interrupt);
    }

    private void run() {
      try (entry) {
        var answer = answer(request);
        if (!entry.cancelled()) {
          out.send(answer);
        }
      } catch (InterruptedException _) {
        // Cancelled: by the protocol there is no answer.
      } catch (UncheckedIOException gone) {
        LOG.warn("{}", gone.getMessage());
      }
    }
  }

  private JSONRPCResponse answer(JSONRPCRequest request) throws InterruptedException {
    try {
      return JSONRPCResponse.result(
          request.id(), requests.answer(request.method(), request.params(), subscriptions));
    } catch (ParamsRefused e) {
      return error(request, ErrorCodes.INVALID_PARAMS, "Invalid params: " + e.getMessage(), null);
    } catch (ResourceUnknown e) {
      return error(
          request,
          ErrorCodes.RESOURCE_NOT_FOUND,
          "Resource not found: " + e.getMessage(),
          Map.of("uri", e.uri()));
    } catch (RequestFailed e) {
      return error(request, ErrorCodes.INTERNAL_ERROR, String.valueOf(e.getMessage()), null);
    }
  }

  private static JSONRPCResponse error(
      JSONRPCRequest request, int code, String message, @Nullable Object data) {
    return JSONRPCResponse.error(request.id(), new JSONRPCError(code, message, data));
  }
}
