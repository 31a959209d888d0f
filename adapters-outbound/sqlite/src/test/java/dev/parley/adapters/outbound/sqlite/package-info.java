/** Tests of the SQLite backend. */
@NullMarked
package dev.parley.adapters.outbound.sqlite;

import org.jspecify.annotations.NullMarked;
