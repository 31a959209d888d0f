package dev.parley.adapters.outbound.zulip;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.adapters.outbound.support.StoreCursors;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The channel as the server describes it.
 *
 * @param realm the organization's own address
 * @param created when it was made, in seconds; 0 where the server does not say
 */
record Channel(String realm, long id, String name, long created) {

  private static final int REALM_BYTES = 4;

  static Channel of(String realm, JsonNode subscription) {
    return new Channel(
        realm,
        subscription.path("stream_id").asLong(),
        subscription.path("name").asText(),
        subscription.path("date_created").asLong());
  }

  /** Its cursors, and none of another channel, even if that had the same name before. */
  StoreCursors cursors(ZulipSettings settings) {
    return new StoreCursors(
        "zulip", settings.place(), "%ss%dt%d".formatted(hash(realm), id, created));
  }

  private static String hash(String text) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, REALM_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
