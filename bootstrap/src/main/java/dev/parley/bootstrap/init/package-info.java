/** Setting Parley up in a folder. */
@NullMarked
package dev.parley.bootstrap.init;

import org.jspecify.annotations.NullMarked;
