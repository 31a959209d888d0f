package dev.parley.adapters.outbound.sqlite;

import dev.parley.adapters.outbound.support.Health;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What {@code doctor} says about a database: looks at the file and its folder, then opens it. */
final class Diagnosis {

  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);
  private static final int CHECK_SECONDS = 5;

  private final SqliteSettings settings;
  private final Path path;
  private final List<Finding> findings = new ArrayList<>();

  Diagnosis(SqliteSettings settings) {
    this.settings = settings;
    this.path = settings.path();
  }

  /** Makes the checks, in an order in which a later one needs the earlier ones. */
  List<Finding> findings() {
    checkFolder();
    if (Files.exists(path)) {
      checkPermissions();
      checkFileSystem();
      checkEvents();
      checkDatabase();
    }
    return List.copyOf(findings);
  }

  private void checkFolder() {
    // Only the folders of the own place are made as well.
    var folder = settings.ownPlace() ? nearest(path) : path.getParent();
    if (Files.exists(path)) {
      findings.add(Finding.ok("database file", "%s exists".formatted(path)));
    } else if (folder != null && Files.exists(folder) && !Files.isDirectory(folder)) {
      findings.add(
          Finding.problem(
              "database file",
              "%s is a file, so that %s cannot be made".formatted(folder, path),
              "move it away, or name another file in db_path"));
    } else if (folder == null || !Files.isDirectory(folder)) {
      findings.add(
          Finding.problem(
              "database file",
              "the folder %s of the database does not exist".formatted(folder),
              "create it, or correct db_path"));
    } else if (!Files.isWritable(folder)) {
      findings.add(
          Finding.problem(
              "database file",
              "the folder %s of the database is not writable".formatted(folder),
              "make it writable for this user, or name another file in db_path"));
    } else {
      findings.add(Finding.ok("database file", "%s will be made when first used".formatted(path)));
    }
  }

  /** The folder, or what else there is, in which the others would be made. */
  private static @Nullable Path nearest(Path path) {
    var found = path.getParent();
    while (found != null && !Files.exists(found)) {
      found = found.getParent();
    }
    return found;
  }

  private void checkPermissions() {
    try {
      var granted = Files.getPosixFilePermissions(path);
      findings.add(
          granted.stream().anyMatch(OTHERS::contains)
              ? Finding.warning(
                  "permissions",
                  "other users of this machine may read or write %s".formatted(path),
                  "unless that is meant: chmod 600 " + path)
              : Finding.ok("permissions", "only this user may read and write the file"));
    } catch (IOException | UnsupportedOperationException unknown) {
      findings.add(Finding.ok("permissions", "this system has none that could be checked"));
    }
  }

  private void checkFileSystem() {
    findings.add(
        RemoteFolders.typeOf(path)
            .map(type ->
                Finding.warning(
                    "file system",
                    "%s lies on a %s file system, where locks and shared memory may fail"
                        .formatted(path, type),
                    "put it on a local disk, or use a server backend across machines"))
            .orElseGet(() -> Finding.ok("file system", "the file is on a local disk")));
  }

  private void checkEvents() {
    try (var watch = FolderWatch.of(path)) {
      findings.add(
          watch.givesEvents()
              ? Finding.ok("live push", "the system reports changes of the file")
              : Finding.ok("live push", "the file is looked at 40 times a second"));
    } catch (IOException exhausted) {
      findings.add(
          Finding.warning(
              "live push",
              "the system reports no changes of the file, so that it is looked at 40 times a"
                  + " second",
              "raise fs.inotify.max_user_instances and fs.inotify.max_user_watches"));
    }
  }

  private void checkDatabase() {
    var health = new Health();
    var faults = new Faults(path, settings.timeout(), health);
    try (var link = new Database(settings, faults, health).connect()) {
      findings.add(Finding.ok("opens", "SQLite %s, write-ahead log".formatted(health.version())));
      checkWritable(link);
      checkIntegrity(link);
    } catch (BackendException fault) {
      problem("opens", fault);
    } catch (SQLException failure) {
      problem("opens", faults.of(failure));
    }
  }

  private void checkWritable(Link link) throws SQLException {
    try (var begin = link.prepare("BEGIN IMMEDIATE");
        var rollBack = link.prepare("ROLLBACK")) {
      Patience.whileBusy(settings.patience(), begin::execute);
      rollBack.execute();
      findings.add(Finding.ok("writable", "the write lock is free"));
    }
  }

  private void checkIntegrity(Link link) throws SQLException {
    try (var check = link.prepare("PRAGMA quick_check(1)")) {
      var timer =
          CompletableFuture.delayedExecutor(
              CHECK_SECONDS, TimeUnit.SECONDS, Thread::startVirtualThread);
      timer.execute(() -> cancel(check));
      try (var row = check.executeQuery()) {
        var verdict = row.next() ? row.getString(1) : "no verdict";
        findings.add(
            "ok".equals(verdict)
                ? Finding.ok("integrity", "a quick check found no damage")
                : Finding.problem(
                    "integrity",
                    "the database is damaged: %s".formatted(verdict),
                    "restore it from a backup, or rescue it with `sqlite3 FILE .recover`"));
      }
    } catch (SQLException failure) {
      if (!Faults.isInterruption(failure)) {
        throw failure;
      }
      findings.add(
          Finding.warning(
              "integrity",
              "the check was not done after %d s".formatted(CHECK_SECONDS),
              "for a full one: sqlite3 %s 'PRAGMA integrity_check'".formatted(path)));
    }
  }

  private void cancel(PreparedStatement check) {
    try {
      check.cancel();
    } catch (SQLException finished) {
      return;
    }
  }

  private void problem(String check, BackendException fault) {
    findings.add(
        Finding.problem(
            check,
            String.valueOf(fault.getMessage()),
            "put that right and run `parley doctor` again"));
  }
}
