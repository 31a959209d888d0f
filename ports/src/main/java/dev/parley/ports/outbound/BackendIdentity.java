package dev.parley.ports.outbound;

import dev.parley.domain.participant.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What a backend knows about a handle.
 *
 * @param account the backend's account id, or null when it knows none
 */
public record BackendIdentity(Handle handle, @Nullable String account) {}
