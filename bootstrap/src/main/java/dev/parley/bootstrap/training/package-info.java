/** The training of the start-up caches. */
@NullMarked
package dev.parley.bootstrap.training;

import org.jspecify.annotations.NullMarked;
