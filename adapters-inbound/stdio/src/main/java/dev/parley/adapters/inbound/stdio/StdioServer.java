package dev.parley.adapters.inbound.stdio;

import dev.parley.adapters.inbound.mcp.Catalogue;
import dev.parley.adapters.inbound.mcp.Requests;
import dev.parley.adapters.inbound.mcp.sdk.SdkServer;
import dev.parley.ports.inbound.AnnouncePresence;
import dev.parley.ports.inbound.AnnouncePresence.Announced;
import dev.parley.ports.inbound.CatchUp;
import dev.parley.ports.inbound.Follow;
import dev.parley.ports.inbound.ShowTopics;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jmolecules.architecture.hexagonal.PrimaryAdapter;
import org.jspecify.annotations.Nullable;

/** One MCP session on stdin and stdout. */
@PrimaryAdapter
public final class StdioServer {

  private final Catalogue catalogue;
  private final Requests requests;
  private final LivePush livePush;
  private final AnnouncePresence presence;
  private final Options options;
  private @Nullable Announced announced;

  /** A session over some use cases. */
  public StdioServer(
      Catalogue catalogue,
      Requests requests,
      ShowTopics topics,
      CatchUp catchUp,
      Follow follow,
      AnnouncePresence presence,
      Options options) {
    this.catalogue = catalogue;
    this.requests = requests;
    this.livePush = new LivePush(topics, catchUp, follow, options);
    this.presence = presence;
    this.options = options;
  }

  /**
   * How a session behaves.
   *
   * @param version what Parley calls itself to clients
   * @param push whether messages are pushed as channel events
   * @param noticeOnStart whether the session is told what is unread when it starts; needs push
   */
  public record Options(String version, boolean push, boolean noticeOnStart) {}

  /** Serves until the end of input; what was in flight then is answered before this returns. */
  public void serve(InputStream in, OutputStream out) throws IOException, InterruptedException {
    var transport = new StdioTransport(in, out, catalogue, requests, this::begin);
    var sdk = transport.sdk();
    SdkServer.serve(sdk, sdk.mapper(), catalogue, options.version(), options.push());
    try {
      transport.run();
    } finally {
      livePush.close();
      leave();
    }
  }

  private synchronized void begin(StdioTransport client) {
    livePush.start(client);
    if (announced == null) {
      announced = presence.announce();
    }
  }

  /** Says goodbye to the others, within half a second; also for a process that is told to end. */
  public synchronized void leave() {
    if (announced != null) {
      announced.close();
    }
  }
}
