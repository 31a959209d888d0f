package dev.parley.application.planted;

import dev.parley.architecture.Breaks;
import dev.parley.bootstrap.planted.BearsAStereotype;

@Breaks("nobodySeesBootstrap")
record SeesBootstrap(BearsAStereotype wiring) {}
