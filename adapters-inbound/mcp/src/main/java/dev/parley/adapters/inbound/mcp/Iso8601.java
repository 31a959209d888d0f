package dev.parley.adapters.inbound.mcp;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;

/**
 * The form of {@link Instant#toString()}, without the formatter: that takes longer than any other
 * field of a message.
 */
final class Iso8601 {

  /** 0000-01-01T00:00:00Z. */
  private static final long FIRST_SECOND = -62_167_219_200L;

  /** 9999-12-31T23:59:59Z. */
  private static final long LAST_SECOND = 253_402_300_799L;

  private static final byte[] SECONDS = ascii("0000-00-00T00:00:00Z");
  private static final byte[] MILLIS = ascii("0000-00-00T00:00:00.000Z");
  private static final int NANOS_PER_MILLI = 1_000_000;
  private static final int SECONDS_PER_DAY = 86_400;

  private Iso8601() {}

  /** An instant in ASCII. */
  static byte[] of(Instant instant) {
    var second = instant.getEpochSecond();
    var nanos = instant.getNano();
    if (second < FIRST_SECOND || second > LAST_SECOND || nanos % NANOS_PER_MILLI != 0) {
      return ascii(instant.toString());
    }
    var text = (nanos == 0 ? SECONDS : MILLIS).clone();
    var date = LocalDate.ofEpochDay(Math.floorDiv(second, SECONDS_PER_DAY));
    putTwo(text, 0, date.getYear() / 100);
    putTwo(text, 2, date.getYear() % 100);
    putTwo(text, 5, date.getMonthValue());
    putTwo(text, 8, date.getDayOfMonth());
    var time = Math.floorMod(second, SECONDS_PER_DAY);
    putTwo(text, 11, time / 3_600);
    putTwo(text, 14, time / 60 % 60);
    putTwo(text, 17, time % 60);
    if (nanos != 0) {
      var millis = nanos / NANOS_PER_MILLI;
      putTwo(text, 20, millis / 10);
      text[22] = (byte) ('0' + millis % 10);
    }
    return text;
  }

  private static void putTwo(byte[] text, int at, int number) {
    text[at] = (byte) ('0' + number / 10);
    text[at + 1] = (byte) ('0' + number % 10);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
