package dev.parley.bootstrap.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.oauth2.sdk.token.AccessToken;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client of the MCP Java SDK, with tokens that an OAuth library got from the server. */
class RemoteClientIT {

  private static final String REDIRECT_URI = "http://127.0.0.1:9/callback";

  @TempDir Path folder;

  @Test
  void a_grant_lasts_through_refresh_and_restarts_until_it_is_revoked()
      throws IOException, InterruptedException {
    try (var server = new RemoteServer(Installation.built(folder))) {
      var client = OAuthClient.register(server, REDIRECT_URI);
      var first = client.authorize(new Owner());
      with(server, first.getAccessToken(), mcp -> post(mcp, "before the restart"));

      server.restart();
      with(server, first.getAccessToken(), mcp -> post(mcp, "after the restart"));
      var second = client.refresh(first.getRefreshToken());

      server.killAndRestart();
      with(
          server,
          second.getAccessToken(),
          mcp ->
              assertThat(call(mcp, "parley_fetch_recent", Map.of("topic", "talk")))
                  .contains("before the restart", "after the restart"));

      assertThat(client.revoke(second.getAccessToken())).isEqualTo(200);
      assertThatThrownBy(() -> with(server, second.getAccessToken(), McpSyncClient::listTools))
          .hasStackTraceContaining("Authorization error");
      assertThatThrownBy(() -> client.refresh(second.getRefreshToken()))
          .hasMessageContaining("invalid_grant");
    }
  }

  private static void post(McpSyncClient mcp, String content) {
    assertThat(call(mcp, "parley_post", Map.of("topic", "talk", "content", content)))
        .contains("backendMsgId");
  }

  private static String call(McpSyncClient mcp, String tool, Map<String, Object> arguments) {
    var result = mcp.callTool(CallToolRequest.builder(tool).arguments(arguments).build());
    assertThat(result.isError()).as("%s %s", tool, result.content()).isNotEqualTo(true);
    return String.valueOf(result.structuredContent());
  }

  private static void with(RemoteServer server, AccessToken token, Consumer<McpSyncClient> use) {
    var transport =
        HttpClientStreamableHttpTransport.builder(server.url())
            .requestBuilder(
                HttpRequest.newBuilder().header("Authorization", token.toAuthorizationHeader()))
            .build();
    try (var mcp = McpClient.sync(transport).requestTimeout(Duration.ofSeconds(20)).build()) {
      mcp.initialize();
      use.accept(mcp);
    }
  }
}
