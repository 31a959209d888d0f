package dev.parley.ports.outbound;

import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.InstanceId;
import dev.parley.domain.participant.Sender;
import java.nio.file.Path;

/**
 * As whom a backend posts.
 *
 * @param kind agent, or person at a terminal
 * @param stateDirectory a private folder, one per instance and backend; it may not exist yet
 */
public record Self(Handle handle, Sender.Kind kind, InstanceId instance, Path stateDirectory) {}
