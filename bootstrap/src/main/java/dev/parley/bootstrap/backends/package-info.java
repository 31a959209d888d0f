/** What the installed backends are and what can be set. */
@NullMarked
package dev.parley.bootstrap.backends;

import org.jspecify.annotations.NullMarked;
