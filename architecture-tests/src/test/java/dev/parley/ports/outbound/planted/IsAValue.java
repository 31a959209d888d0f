package dev.parley.ports.outbound.planted;

import dev.parley.architecture.Breaks;
import org.jmolecules.ddd.annotation.ValueObject;

@Breaks("aggregatesEntitiesAndValuesReferToEachOtherAsTheyShould")
@ValueObject
record IsAValue(String text) {}
