package dev.parley.bootstrap.planted;

import dev.parley.architecture.Breaks;
import org.jmolecules.architecture.hexagonal.PrimaryPort;

@Breaks({"annotatedClassesFormAHexagon", "bootstrapBearsNoStereotype"})
@PrimaryPort
interface IsAPort {}
