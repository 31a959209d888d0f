/** The packaged launcher, driven from outside by clients that nobody here wrote. */
@NullMarked
package dev.parley.bootstrap.packaged;

import org.jspecify.annotations.NullMarked;
