/** Real sessions that confer, as a story in the terminal. */
@NullMarked
package dev.parley.bootstrap.demo;

import org.jspecify.annotations.NullMarked;
