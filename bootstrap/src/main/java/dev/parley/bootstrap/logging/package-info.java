/** Logging: to stderr only, quiet unless asked. */
@NullMarked
package dev.parley.bootstrap.logging;

import org.jspecify.annotations.NullMarked;
