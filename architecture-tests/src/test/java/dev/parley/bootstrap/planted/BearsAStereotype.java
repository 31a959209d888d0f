package dev.parley.bootstrap.planted;

import dev.parley.architecture.Breaks;
import org.jmolecules.ddd.annotation.Service;

@Breaks("bootstrapBearsNoStereotype")
@Service
public final class BearsAStereotype {}
