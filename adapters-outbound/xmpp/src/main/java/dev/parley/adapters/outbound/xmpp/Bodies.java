package dev.parley.adapters.outbound.xmpp;

import static dev.parley.adapters.outbound.xmpp.Namespaces.CLIENT;
import static dev.parley.adapters.outbound.xmpp.Namespaces.FALLBACK;
import static dev.parley.adapters.outbound.xmpp.Namespaces.FILE_METADATA;
import static dev.parley.adapters.outbound.xmpp.Namespaces.FILE_SHARING;
import static dev.parley.adapters.outbound.xmpp.Namespaces.OUT_OF_BAND;
import static dev.parley.adapters.outbound.xmpp.Namespaces.PARLEY;
import static dev.parley.adapters.outbound.xmpp.Namespaces.REFERENCES;
import static dev.parley.adapters.outbound.xmpp.Namespaces.REPLY;

import dev.parley.domain.participant.Handle;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the text of a message as it was meant, from what clients write for each other. */
final class Bodies {

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  private Bodies() {}

  /** A stretch of code points. */
  private record Range(int start, int end) {}

  /** The text that a bridge posted: without the quote, with its line ends. */
  static String ofAgent(Xml message) {
    var body = body(message).orElse("");
    var ends = message.child("sender", PARLEY).map(s -> s.attribute("line-ends")).orElse("");
    return LineEnds.restored(withoutQuote(message, body), ends);
  }

  /**
   * The text that somebody typed, with mentions as {@code @handle}.
   *
   * @param self who reads it, since clients address by {@code name:} at the beginning
   */
  static String ofPerson(Xml message, Handle self) {
    var body = body(message).orElse("");
    var text = addressed(withoutQuote(message, withMentions(message, body)), self);
    var files = files(message);
    if (files.isEmpty()) {
      return text;
    }
    var lines = String.join("\n", files.stream().map(SharedFile::line).toList());
    return text.isBlank() || files.stream().anyMatch(file -> text.strip().equals(file.url()))
        ? lines
        : text + "\n" + lines;
  }

  private static Optional<String> body(Xml message) {
    return message.child("body", CLIENT).map(Xml::text);
  }

  /** Without what stands there for clients that do not know replies (XEP-0461). */
  private static String withoutQuote(Xml message, String body) {
    return quote(message, body)
        .map(range -> body.substring(body.offsetByCodePoints(0, range.end())))
        .filter(rest -> !rest.isBlank())
        .orElse(body);
  }

  private static Optional<Range> quote(Xml message, String body) {
    return message.all("fallback", FALLBACK).stream()
        .filter(fallback -> REPLY.equals(fallback.attribute("for")))
        .flatMap(fallback -> fallback.child("body").stream())
        .flatMap(part -> range(part.attribute("start"), part.attribute("end"), body).stream())
        .filter(range -> range.start() == 0)
        .findFirst();
  }

  private static Optional<Range> range(@Nullable String start, @Nullable String end, String body) {
    if (start == null
        || end == null
        || !NUMBER.matcher(start).matches()
        || !NUMBER.matcher(end).matches()) {
      return Optional.empty();
    }
    var range = new Range(Integer.parseInt(start), Integer.parseInt(end));
    return range.start() <= range.end() && range.end() <= body.codePointCount(0, body.length())
        ? Optional.of(range)
        : Optional.empty();
  }

  /** With the references to somebody (XEP-0372) written out, the last first. */
  private static String withMentions(Xml message, String body) {
    var quoted = quote(message, body).map(Range::end).orElse(0);
    record Mention(Range range, String name) {}
    var mentions =
        message.all("reference", REFERENCES).stream()
            .filter(reference -> "mention".equals(reference.attribute("type")))
            .flatMap(reference ->
                range(reference.attribute("begin"), reference.attribute("end"), body)
                    .filter(range -> range.start() >= quoted)
                    .flatMap(range ->
                        mentioned(reference.attribute("uri")).map(name -> new Mention(range, name)))
                    .stream())
            .sorted(Comparator.comparingInt((Mention m) -> m.range().start()).reversed())
            .toList();
    var text = body;
    var before = Integer.MAX_VALUE;
    for (var mention : mentions) {
      if (mention.range().end() <= before) {
        text = replaced(text, mention.range(), "@" + mention.name());
        before = mention.range().start();
      }
    }
    return text;
  }

  private static String replaced(String text, Range range, String by) {
    var start = text.offsetByCodePoints(0, range.start());
    var end = text.offsetByCodePoints(start, range.end() - range.start());
    var at = start > 0 && text.charAt(start - 1) == '@' ? start - 1 : start;
    return text.substring(0, at) + by + text.substring(end);
  }

  /** The name that {@code xmpp:room@service/name} or {@code xmpp:name@domain} means. */
  private static Optional<String> mentioned(@Nullable String uri) {
    if (uri == null || !uri.startsWith("xmpp:")) {
      return Optional.empty();
    }
    var address = uri.substring("xmpp:".length()).replaceFirst("[?].*", "");
    var slash = address.indexOf('/');
    var name =
        slash >= 0 ? address.substring(slash + 1) : address.substring(0, indexOrEnd(address, '@'));
    try {
      return Optional.of(URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8))
          .filter(Handle::isHandle);
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static int indexOrEnd(String text, char c) {
    var index = text.indexOf(c);
    return index < 0 ? text.length() : index;
  }

  /** Clients complete a nick at the beginning to {@code nick: } or {@code nick, }. */
  private static String addressed(String text, Handle self) {
    var name = self.value();
    return text.regionMatches(true, 0, name, 0, name.length())
            && text.length() > name.length() + 1
            && ":,".indexOf(text.charAt(name.length())) >= 0
            && Character.isWhitespace(text.charAt(name.length() + 1))
        ? "@" + text
        : text;
  }

  /** A file that somebody shared. */
  private record SharedFile(String name, String size, String url) {
    String line() {
      return "[file %s %s %s]".formatted(name, size, url);
    }
  }

  private static List<SharedFile> files(Xml message) {
    var urls =
        Stream.concat(
                message.all("x", OUT_OF_BAND).stream()
                    .flatMap(x -> x.child("url").stream().map(Xml::text)),
                message.all("file-sharing", FILE_SHARING).stream().flatMap(Bodies::sources))
            .map(String::strip)
            .filter(url -> !url.isEmpty())
            .distinct();
    var meta =
        message
            .child("file-sharing", FILE_SHARING)
            .flatMap(sharing -> sharing.child("file", FILE_METADATA));
    return urls.map(url ->
            new SharedFile(
                meta.flatMap(file -> file.child("name"))
                    .map(Xml::text)
                    .map(name -> name.replaceAll("\\s+", " ").strip())
                    .filter(name -> !name.isEmpty())
                    .orElseGet(() -> nameIn(url)),
                meta.flatMap(file -> file.child("size"))
                    .map(Xml::text)
                    .map(String::strip)
                    .filter(size -> NUMBER.matcher(size).matches())
                    .map(Bodies::inWords)
                    .orElse("of unknown size"),
                url))
        .toList();
  }

  private static Stream<String> sources(Xml sharing) {
    return sharing.child("sources").stream()
        .flatMap(sources -> sources.children().stream())
        .flatMap(source -> Optional.ofNullable(source.attribute("target")).stream());
  }

  private static String nameIn(String url) {
    var path = url.replaceFirst("[?#].*", "");
    var name = path.substring(path.lastIndexOf('/') + 1);
    return name.isEmpty() ? "without a name" : name;
  }

  private static String inWords(String size) {
    var bytes = Long.parseLong(size);
    return bytes < 1_024 ? bytes + " B" : (bytes + 1_023) / 1_024 + " KB";
  }
}
