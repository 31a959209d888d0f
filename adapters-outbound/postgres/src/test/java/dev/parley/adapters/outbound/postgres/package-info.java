/** Tests of the PostgreSQL backend, on real servers. */
@NullMarked
package dev.parley.adapters.outbound.postgres;

import org.jspecify.annotations.NullMarked;
