/** What the configuration accepts, refuses and says. */
@NullMarked
package dev.parley.bootstrap.config;

import org.jspecify.annotations.NullMarked;
