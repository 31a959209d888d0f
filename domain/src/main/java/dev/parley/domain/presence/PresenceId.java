package dev.parley.domain.presence;

import dev.parley.domain.participant.Sender;
import org.jmolecules.ddd.annotation.ValueObject;

/** One process of one participant. */
@ValueObject
public record PresenceId(Sender participant, ProcessInstance process) {}
