package dev.parley.ports;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a backend is and how it fares right now.
 *
 * @param product its name, such as {@code SQLite}
 * @param version its version, or null while none is known
 * @param place where it is, without secrets: a path, a host and port
 * @param account the account Parley uses there, if any
 * @param limit the longest content in force
 * @param connectedSince since when it answers, or null while it does not
 * @param lastFailure why it last did not answer, in one sentence, or null when it always did
 */
public record About(
    String product,
    @Nullable String version,
    String place,
    @Nullable String account,
    ContentLimit limit,
    @Nullable Instant connectedSince,
    @Nullable String lastFailure) {}
