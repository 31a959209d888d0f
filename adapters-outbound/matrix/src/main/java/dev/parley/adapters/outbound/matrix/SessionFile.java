package dev.parley.adapters.outbound.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session of one instance, kept over restarts in its private folder: so the account has one
 * device for each instance, transaction ids stay valid, and few logins are made. Only its owner can
 * read the file.
 */
final class SessionFile {

  private static final Logger LOG = LoggerFactory.getLogger(SessionFile.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final String homeserver;
  private final String user;

  SessionFile(Path folder, String homeserver, String user) {
    this.file = folder.resolve("session.json");
    this.homeserver = homeserver;
    this.user = user;
  }

  /** The session that was kept for this user of this homeserver, if any. */
  Optional<Session> read() {
    if (!Files.isReadable(file)) {
      return Optional.empty();
    }
    try {
      var kept = JSON.readTree(file.toFile());
      return text(kept, "homeserver").equals(homeserver) && text(kept, "user").equals(user)
          ? Optional.of(
              new Session(
                  text(kept, "user_id"), text(kept, "device_id"), text(kept, "access_token")))
          : Optional.empty();
    } catch (IOException damaged) {
      LOG.warn("{} cannot be read, so a new session is begun", file);
      return Optional.empty();
    }
  }

  private static String text(JsonNode kept, String name) {
    return kept.path(name).asText("");
  }

  /** Keeps a session; without it the next start only has to log in again. */
  void write(Session session) {
    var kept =
        Json.object()
            .put("homeserver", homeserver)
            .put("user", user)
            .put("user_id", session.userId())
            .put("device_id", session.deviceId())
            .put("access_token", session.token());
    try {
      var folder = Files.createDirectories(file.toAbsolutePath().getParent());
      var draft = Files.createTempFile(folder, "session", ".new", ownerOnly(folder));
      Files.write(draft, Json.bytes(kept));
      Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException unwritable) {
      LOG.warn("{} cannot be written, so the next start logs in again", file);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path folder) {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
