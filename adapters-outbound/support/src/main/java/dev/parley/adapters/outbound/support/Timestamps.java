package dev.parley.adapters.outbound.support;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The text form of instants in the layouts that existing bridges share: {@code
 * 2026-11-22T14:41:30.123Z}. Other writers may use other ISO 8601 forms, or anything at all.
 */
public final class Timestamps {

  private static final int LENGTH = "2026-11-22T14:41:30.123Z".length();
  private static final long SECONDS_PER_DAY = 86_400;

  private Timestamps() {}

  /** The form that this and the existing bridges write: UTC, milliseconds always shown. */
  public static String format(Instant instant) {
    var text = Instant.ofEpochMilli(instant.toEpochMilli()).toString();
    return text.length() == LENGTH ? text : text.substring(0, text.length() - 1) + ".000Z";
  }

  /** The instant of a text; 1970 when it cannot be read, since a timestamp is only ever shown. */
  public static Instant parse(@Nullable String text) {
    if (text == null) {
      return Instant.EPOCH;
    }
    return isOfOwnForm(text) ? parseOwnForm(text) : parseLeniently(text);
  }

  // The general parser takes longer than all else that reading a row needs.
  private static boolean isOfOwnForm(String text) {
    if (text.length() != LENGTH) {
      return false;
    }
    for (var i = 0; i < LENGTH; i++) {
      var expected = "0000-00-00T00:00:00.000Z".charAt(i);
      var found = text.charAt(i);
      if (expected == '0' ? found < '0' || found > '9' : found != expected) {
        return false;
      }
    }
    return number(text, 5, 7) >= 1
        && number(text, 5, 7) <= 12
        && number(text, 8, 10) >= 1
        && number(text, 8, 10) <= daysOf(number(text, 0, 4), number(text, 5, 7))
        && number(text, 11, 13) <= 23
        && number(text, 14, 16) <= 59
        && number(text, 17, 19) <= 59;
  }

  private static Instant parseOwnForm(String text) {
    var seconds =
        epochDay(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10)) * SECONDS_PER_DAY
            + number(text, 11, 13) * 3_600L
            + number(text, 14, 16) * 60L
            + number(text, 17, 19);
    return Instant.ofEpochSecond(seconds, number(text, 20, 23) * 1_000_000L);
  }

  // Days since 1970 in the Gregorian calendar, with years that begin in March.
  private static long epochDay(int year, int month, int day) {
    var y = month > 2 ? year : year - 1;
    var dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    return 365L * y + y / 4 - y / 100 + y / 400 + dayOfYear - 719_468;
  }

  private static int daysOf(int year, int month) {
    return Month.of(month).length(Year.isLeap(year));
  }

  private static int number(String text, int from, int to) {
    var number = 0;
    for (var i = from; i < to; i++) {
      number = number * 10 + (text.charAt(i) - '0');
    }
    return number;
  }

  private static Instant parseLeniently(String text) {
    try {
      return switch (Iso.FORM.parseBest(
          text.strip().replace(' ', 'T'),
          OffsetDateTime::from,
          LocalDateTime::from,
          LocalDate::from)) {
        case OffsetDateTime time -> time.toInstant();
        case LocalDateTime time -> time.toInstant(ZoneOffset.UTC);
        case LocalDate date -> date.atStartOfDay(ZoneOffset.UTC).toInstant();
        default -> Instant.EPOCH;
      };
    } catch (DateTimeException unreadable) {
      return Instant.EPOCH;
    }
  }

  /** Apart, since few databases need it and it takes time to load. */
  private static final class Iso {
    static final DateTimeFormatter FORM =
        new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffsetId()
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);
  }
}
