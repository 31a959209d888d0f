package dev.parley.adapters.outbound.discord;

import java.util.Optional;
import net.dv8tion.jda.api.exceptions.ParsingException;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;

/** What Discord answered to one request: its HTTP status and its body. */
record Answer(int status, String body) {

  static final int UNKNOWN_CHANNEL = 10_003;
  static final int UNKNOWN_WEBHOOK = 10_015;
  static final int SLOW_MODE = 20_016;
  static final int MOST_WEBHOOKS_REACHED = 30_007;
  static final int MISSING_ACCESS = 50_001;
  static final int EMPTY_MESSAGE = 50_006;
  static final int MISSING_PERMISSION = 50_013;
  static final int INVALID_WEBHOOK_TOKEN = 50_027;
  static final int INVALID_FORM = 50_035;
  static final int NO_HISTORY_TO_REPLY = 160_002;
  static final int BLOCKED_BY_AUTOMOD = 200_000;

  boolean isOk() {
    return status >= 200 && status < 300;
  }

  /** Whether the fault is Discord's own, and what became of the request is not known. */
  boolean isServerFault() {
    return status >= 500;
  }

  boolean isUnauthorized() {
    return status == 401;
  }

  boolean isForbidden() {
    return status == 403;
  }

  /** Discord's own code of an error; 0 for none. */
  int code() {
    return error().map(error -> error.getInt("code", 0)).orElse(0);
  }

  /** Discord's own words about an error, on one line. */
  String reason() {
    return error()
        .map(error -> error.getString("message", ""))
        .filter(words -> !words.isBlank())
        .map(words -> words.replaceAll("\\s+", " "))
        .orElse("HTTP status " + status);
  }

  /** Whether the error is about a field of the request. */
  boolean isAbout(String field) {
    return error()
        .filter(error -> !error.isNull("errors"))
        .map(error -> error.getObject("errors").hasKey(field))
        .orElse(false);
  }

  private Optional<DataObject> error() {
    try {
      return Optional.of(object());
    } catch (ParsingException noJson) {
      return Optional.empty();
    }
  }

  DataObject object() {
    return DataObject.fromJson(body);
  }

  DataArray array() {
    return DataArray.fromJson(body);
  }
}
