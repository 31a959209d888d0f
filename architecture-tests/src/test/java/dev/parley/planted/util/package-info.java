/** A package named after a kind of class. */
@NullMarked
package dev.parley.planted.util;

import org.jspecify.annotations.NullMarked;
