package dev.parley.domain.planted;

import dev.parley.architecture.Breaks;
import dev.parley.domain.message.Message;
import org.jmolecules.ddd.annotation.ValueObject;

@Breaks("aggregatesEntitiesAndValuesReferToEachOtherAsTheyShould")
@ValueObject
record HoldsAnIdentifiable(Message message) {}
