package dev.parley.bootstrap.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts that stand for something kept elsewhere: {@code ${NAME}} for an environment variable, at
 * any place and any number of times, and {@code file:path} for the content of a file, as a whole
 * value. A doubled dollar sign before a brace stands for a plain one.
 */
final class References {

  private static final Pattern VARIABLE = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)}?");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final String FILE = "file:";
  private static final long MOST_BYTES = 64 * 1024;

  private final Map<String, String> environment;
  private final Path folder;
  private final Mistakes mistakes;

  References(Map<String, String> environment, Path folder, Mistakes mistakes) {
    this.environment = environment;
    this.folder = folder;
    this.mistakes = mistakes;
  }

  /** Whether a text stands for something kept elsewhere. */
  static boolean isReference(String text) {
    return text.startsWith(FILE) || text.contains("${");
  }

  /** The text with references resolved, or empty after a mistake was noted. */
  Optional<String> resolve(String key, Node.Text written) {
    if (!isReference(written.text())) {
      return Optional.of(written.text());
    }
    return variables(key, written)
        .flatMap(text ->
            text.startsWith(FILE) && written.text().startsWith(FILE)
                ? content(key, written, text.substring(FILE.length()))
                : Optional.of(text));
  }

  /**
   * The absolute path of a text: {@code ~} is home, a relative one starts at the folder of the
   * file.
   */
  Optional<Path> path(String key, Node.Text written) {
    if (written.text().startsWith(FILE)) {
      mistakes.add(written.line(), "%s is a path already; write it without 'file:'".formatted(key));
      return Optional.empty();
    }
    return variables(key, written).flatMap(text -> absolute(key, written, text));
  }

  private Optional<String> variables(String key, Node.Text written) {
    var resolved = new StringBuilder();
    var found = VARIABLE.matcher(written.text());
    while (found.find()) {
      var name = found.group(1);
      if (name == null) {
        found.appendReplacement(resolved, Matcher.quoteReplacement("${"));
        continue;
      }
      if (!found.group().endsWith("}") || !NAME.matcher(name).matches()) {
        mistakes.add(
            written.line(),
            "%s holds '%s', but a reference is ${NAME} with letters, digits and '_'; write $${ for a plain ${"
                .formatted(key, found.group()));
        return Optional.empty();
      }
      var value = environment.get(name);
      if (value == null || value.isEmpty()) {
        mistakes.add(
            written.line(),
            "%s refers to ${%s}, but the environment variable %s is %s; set it or change the reference"
                .formatted(key, name, name, value == null ? "not set" : "empty"));
        return Optional.empty();
      }
      found.appendReplacement(resolved, Matcher.quoteReplacement(value));
    }
    found.appendTail(resolved);
    return Optional.of(resolved.toString());
  }

  private Optional<String> content(String key, Node.Text written, String name) {
    return absolute(key, written, name).flatMap(path -> content(key, written, path));
  }

  private Optional<String> content(String key, Node.Text written, Path path) {
    try {
      if (Files.size(path) > MOST_BYTES) {
        return refuse(key, written, path, "is larger than 64 KiB");
      }
      var content = Files.readString(path).replaceFirst("\\R\\z", "");
      return content.isBlank() ? refuse(key, written, path, "is empty") : Optional.of(content);
    } catch (NoSuchFileException e) {
      return refuse(key, written, path, "does not exist");
    } catch (CharacterCodingException e) {
      return refuse(key, written, path, "is not UTF-8 text");
    } catch (IOException e) {
      return refuse(key, written, path, "cannot be read by this user");
    }
  }

  private Optional<String> refuse(String key, Node.Text written, Path path, String why) {
    mistakes.add(
        written.line(),
        "%s refers to the file %s, but it %s; create it or change the reference"
            .formatted(key, path, why));
    return Optional.empty();
  }

  private Optional<Path> absolute(String key, Node.Text written, String text) {
    try {
      var home = System.getProperty("user.home");
      var path =
          text.equals("~") || text.startsWith("~/")
              ? Path.of(home + text.substring(1))
              : Path.of(text);
      return Optional.of(folder.resolve(path).normalize());
    } catch (InvalidPathException e) {
      mistakes.add(written.line(), "%s is not a path on this system".formatted(key));
      return Optional.empty();
    }
  }
}
