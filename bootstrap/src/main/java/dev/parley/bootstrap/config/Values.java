package dev.parley.bootstrap.config;

import dev.parley.ports.outbound.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Reads single values: no type is turned into another, and no secret is repeated in a mistake. */
final class Values {

  private final References references;
  private final Mistakes mistakes;

  Values(References references, Mistakes mistakes) {
    this.references = references;
    this.mistakes = mistakes;
  }

  /** The value of a key, or empty after a mistake was noted. */
  Optional<Object> read(Section.Key key, String path, Node found) {
    var setting = key.setting();
    if (setting.secret()
        && found instanceof Node.Text text
        && !References.isReference(text.text())
        && isSecret(setting, text.text())) {
      mistakes.warn(
          found.line(),
          "%s is a secret written into the file; refer to it by ${NAME} or file:path instead"
              .formatted(path));
    }
    return checked(key, path, found);
  }

  private static boolean isSecret(Setting setting, String value) {
    return !(setting.type() instanceof Setting.Url) || Setting.Url.holdsPassword(value);
  }

  // No pattern switch: every start of a session would wait for the JVM to generate its classes.
  private Optional<Object> checked(Section.Key key, String path, Node found) {
    var type = key.setting().type();
    if (type instanceof Setting.FilePath) {
      return found instanceof Node.Text text && !text.text().isBlank()
          ? references.path(path, text).map(Object.class::cast)
          : refuse(key, path, found);
    }
    if (type instanceof Setting.WholeNumber bounds) {
      return number(key, path, found, bounds);
    }
    if (type instanceof Setting.YesNo) {
      return found instanceof Node.Truth truth
          ? Optional.of(truth.value())
          : refuse(key, path, found);
    }
    if (type instanceof Setting.OneOf oneOf) {
      return word(key, path, found, oneOf);
    }
    if (type instanceof Setting.TextList) {
      return texts(key, path, found);
    }
    if (type instanceof Setting.TextMap) {
      return map(key, path, found);
    }
    return text(key, path, found).map(Object.class::cast);
  }

  /** The default of a setting as a value; lists are written with commas. */
  Optional<Object> fallback(Setting setting, int line) {
    var text = setting.fallback();
    if (text == null) {
      return Optional.empty();
    }
    var type = setting.type();
    if (type instanceof Setting.WholeNumber) {
      return Optional.of(Long.valueOf(text));
    }
    if (type instanceof Setting.YesNo) {
      return Optional.of(Boolean.valueOf(text));
    }
    if (type instanceof Setting.FilePath) {
      return references.path(setting.name(), new Node.Text(line, text)).map(Object.class::cast);
    }
    if (type instanceof Setting.TextList) {
      return Optional.of(text.isEmpty() ? List.of() : List.of(text.split(",\\s*", -1)));
    }
    return Optional.of(text);
  }

  private Optional<String> text(Section.Key key, String path, Node found) {
    if (!(found instanceof Node.Text written) || written.text().isBlank()) {
      return refuse(key, path, found);
    }
    var resolved = references.resolve(path, written);
    var rule = key.rule();
    if (resolved.isPresent() && rule != null && !rule.admits(resolved.get())) {
      return refuse(key, path, found);
    }
    return resolved;
  }

  private Optional<Object> number(
      Section.Key key, String path, Node found, Setting.WholeNumber bounds) {
    if (found instanceof Node.Whole whole && whole.digits().length() < 19) {
      var number = Long.parseLong(whole.digits());
      if (number >= bounds.least() && number <= bounds.most()) {
        return Optional.of(number);
      }
    }
    return refuse(key, path, found);
  }

  private Optional<Object> word(Section.Key key, String path, Node found, Setting.OneOf oneOf) {
    if (!(found instanceof Node.Text written)) {
      return refuse(key, path, found);
    }
    var resolved = references.resolve(path, written);
    if (resolved.isEmpty()) {
      return Optional.empty();
    }
    Optional<Object> word =
        oneOf.words().stream()
            .filter(resolved.get()::equalsIgnoreCase)
            .findFirst()
            .map(Object.class::cast);
    return word.isPresent() ? word : refuse(key, path, found);
  }

  private Optional<Object> texts(Section.Key key, String path, Node found) {
    if (!(found instanceof Node.Items items)) {
      return refuse(key, path, found);
    }
    var texts = new ArrayList<String>();
    for (var i = 0; i < items.items().size(); i++) {
      element(key, "%s[%d]".formatted(path, i), items.items().get(i)).ifPresent(texts::add);
    }
    return Optional.of(texts);
  }

  private Optional<Object> map(Section.Key key, String path, Node found) {
    if (!(found instanceof Node.Mapping mapping)) {
      return refuse(key, path, found);
    }
    var texts = new LinkedHashMap<String, String>();
    mapping
        .entries()
        .forEach((name, value) ->
            element(key, path + "." + name, value).ifPresent(text -> texts.put(name, text)));
    return Optional.of(texts);
  }

  private Optional<String> element(Section.Key key, String path, Node found) {
    return text(
        new Section.Key(
            new Setting(
                key.setting().name(),
                new Setting.Text(),
                null,
                false,
                key.setting().secret(),
                key.setting().help(),
                List.of()),
            key.rule()),
        path,
        found);
  }

  private <T> Optional<T> refuse(Section.Key key, String path, Node found) {
    var rule = key.rule();
    var type = key.setting().type();
    var isText = type instanceof Setting.Text || type instanceof Setting.Url;
    var detail =
        rule != null && found instanceof Node.Text text && !References.isReference(text.text())
            ? rule.detail(text.text())
            : "";
    var allowed = rule != null && isText ? rule.allowed() : type.allowed();
    var hint =
        isText && !(found instanceof Node.Text) && isScalar(found) ? "; put it in quotes" : "";
    mistakes.add(
        found.line(),
        "%s is %s, but must be %s%s%s"
            .formatted(path, described(key.setting(), found), allowed, detail, hint));
    return Optional.empty();
  }

  private static String described(Setting setting, Node found) {
    if (found instanceof Node.Text text && text.text().isBlank()) {
      return "an empty text";
    }
    return setting.secret() && isScalar(found) ? "a secret that is not shown" : found.described();
  }

  private static boolean isScalar(Node found) {
    return !(found instanceof Node.Mapping
        || found instanceof Node.Items
        || found instanceof Node.Alias);
  }
}
