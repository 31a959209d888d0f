package dev.parley.bootstrap.doctor;

import dev.parley.ports.outbound.Finding;
import java.lang.Runtime.Version;

/**
 * Whether the JDK is one whose virtual threads, on which all of Parley runs, can be relied upon.
 * Before 25.0.3 one that waits may never be woken: <a
 * href="https://bugs.openjdk.org/browse/JDK-8369227">JDK-8369227</a>.
 */
final class JavaCheck {

  private static final Version SOUND = Version.parse("25.0.3");

  private JavaCheck() {}

  static Finding of(Version version) {
    return version.compareToIgnoreOptional(SOUND) >= 0
        ? Finding.ok("java", "this is Java " + version)
        : Finding.warning(
            "java",
            "this is Java %s, under which a session may stop for ever, though seldom (JDK-8369227)"
                .formatted(version),
            "install the newest JDK 25, %s at least".formatted(SOUND));
  }
}
