package dev.parley.domain.planted;

import dev.parley.architecture.Breaks;
import java.nio.file.Path;

@Breaks("domainDoesNoInputOrOutput")
record ReadsAFile(Path file) {}
