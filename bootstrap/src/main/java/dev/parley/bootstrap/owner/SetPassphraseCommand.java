package dev.parley.bootstrap.owner;

import dev.parley.adapters.outbound.state.HashedPassphrase;
import dev.parley.bootstrap.config.ConfigurationReader;
import dev.parley.bootstrap.config.ConfigurationRefused;
import dev.parley.bootstrap.config.OwnerHash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Sets the passphrase by which the owner allows a chat connector to use the server. */
@Command(
    name = "set-passphrase",
    description = {
      "Set the passphrase by which you allow a chat connector to use your server.",
      "Asks for it twice. When the input is no terminal, one line of it is read instead."
    },
    footer = {
      "",
      "Only a hash is written (argon2id), to a file that only you may read. The",
      "passphrase is no argument, since process lists and shell histories show those."
    },
    mixinStandardHelpOptions = true)
final class SetPassphraseCommand implements Callable<Integer> {

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The configuration file; default: $PARLEY_CONFIG, else parley.config.yaml.")
  @Nullable String config;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description =
          "Where to write the hash; default: the file that the configuration names, else owner.hash"
              + " next to it.")
  @Nullable String file;

  @Option(names = "--force", description = "Replace the file without asking.")
  boolean force;

  @Override
  public Integer call() throws ConfigurationRefused {
    var hash = ConfigurationReader.ofThisProcess().ownerHash(config);
    var place = file == null ? hash.place() : Path.of(file).toAbsolutePath().normalize();
    var asking = Asking.ofThisProcess();
    try {
      var target = new HashFile(place);
      target.requireWritable();
      if (target.exists() && !force && !asking.mayReplace(place)) {
        System.err.println("parley: %s was left as it is".formatted(place));
        return 1;
      }
      target.write(HashedPassphrase.hash(asking.passphrase()));
    } catch (NotSet e) {
      System.err.println("parley: " + e.getMessage());
      return 1;
    } catch (IOException e) {
      System.err.println("parley: the passphrase could not be read from the input");
      return 1;
    }
    System.out.println("wrote " + place);
    System.out.println(next(hash, place));
    return 0;
  }

  private static String next(OwnerHash hash, Path place) {
    var overridden =
        System.getenv("PARLEY_OWNER_PASSPHRASE") == null
            ? ""
            : "\nPARLEY_OWNER_PASSPHRASE is set here. Where it is, it counts instead of this file.";
    return line(hash, place)
        + "\n"
        + "A running server takes the passphrase when it is started again. What you allowed before"
        + " stays allowed."
        + overridden;
  }

  private static String line(OwnerHash hash, Path place) {
    if (place.equals(hash.file())) {
      return "%s names this file already".formatted(hash.configuration());
    }
    return """
    %s in %s:

      auth:
        owner:
          passphrase_hash: "file:%s"
    """
        .formatted(
            hash.isSet() ? "Replace " + OwnerHash.KEY : "Put this",
            hash.configuration(),
            reference(hash.configuration(), place));
  }

  /** The place as the configuration may name it: relative when it is below its folder. */
  private static String reference(Path configuration, Path place) {
    var folder = configuration.resolveSibling(".").normalize();
    var shown = place.startsWith(folder) ? folder.relativize(place) : place;
    return shown.toString().replace("\\", "\\\\").replace("\"", "\\\"").replace("${", "$${");
  }
}
