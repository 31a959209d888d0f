package dev.parley.domain.planted;

import dev.parley.architecture.Breaks;
import org.jmolecules.ddd.annotation.AggregateRoot;

@Breaks("aggregatesEntitiesAndValuesReferToEachOtherAsTheyShould")
@AggregateRoot
record HasNoIdentity(String text) {}
