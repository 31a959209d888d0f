/** The program as its users start it. */
@NullMarked
package dev.parley.bootstrap;

import org.jspecify.annotations.NullMarked;
