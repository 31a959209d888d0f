/** Configuration: the file, its keys, and one clear sentence for every mistake in it. */
@NullMarked
package dev.parley.bootstrap.config;

import org.jspecify.annotations.NullMarked;
