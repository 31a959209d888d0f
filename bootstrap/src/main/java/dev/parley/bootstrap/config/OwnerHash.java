package dev.parley.bootstrap.config;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a configuration wants the hash of the owner's passphrase to be.
 *
 * @param configuration the file of the configuration, absolute
 * @param isSet whether {@link #KEY} has a value
 * @param file the file that the value refers to, absolute, whether it exists or not; null when it
 *     refers to none
 */
public record OwnerHash(Path configuration, boolean isSet, @Nullable Path file) {

  /** The key that holds it. */
  public static final String KEY = "auth.owner.passphrase_hash";

  private static final String FILE = "file:";

  static OwnerHash in(Path configuration, Node.Mapping document, References references) {
    Node found = document;
    for (var name : KEY.split("\\.", -1)) {
      found =
          found instanceof Node.Mapping mapping
              ? mapping.entries().getOrDefault(name, new Node.Nothing(mapping.line()))
              : found;
    }
    if (!(found instanceof Node.Text text)) {
      return new OwnerHash(configuration, false, null);
    }
    var file =
        text.text().startsWith(FILE)
            ? references.path(KEY, new Node.Text(text.line(), text.text().substring(FILE.length())))
            : Optional.<Path>empty();
    return new OwnerHash(configuration, true, file.orElse(null));
  }

  /** The file that the hash is to be kept in unless another is named. */
  public Path place() {
    return file == null ? configuration.resolveSibling("owner.hash") : file;
  }
}
