package dev.parley.bootstrap.doctor;

import dev.parley.ports.outbound.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether Parley can keep its own state. */
final class StateCheck {

  private StateCheck() {}

  static Finding of(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, "doctor", null));
      return Finding.ok("state", folder + " can be written");
    } catch (IOException e) {
      return Finding.problem(
          "state",
          folder + " cannot be written, so nothing that was read would be remembered",
          "give this user the right to write there, or set state_path to another folder");
    }
  }
}
