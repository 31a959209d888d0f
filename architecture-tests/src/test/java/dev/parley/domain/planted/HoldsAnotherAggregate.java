package dev.parley.domain.planted;

import dev.parley.architecture.Breaks;
import dev.parley.domain.message.Message;
import org.jmolecules.ddd.annotation.AggregateRoot;
import org.jmolecules.ddd.annotation.Identity;

@Breaks("aggregatesEntitiesAndValuesReferToEachOtherAsTheyShould")
@AggregateRoot
record HoldsAnotherAggregate(@Identity String id, Message message) {}
