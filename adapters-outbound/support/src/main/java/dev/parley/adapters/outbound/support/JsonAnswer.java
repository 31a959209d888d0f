package dev.parley.adapters.outbound.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;

/**
 * An answer to a request.
 *
 * @param body the JSON of the answer; a missing node when it was none, as a proxy's page is
 */
public record JsonAnswer(int status, HttpHeaders headers, JsonNode body) {

  /** Whether the request was done. */
  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }
}
