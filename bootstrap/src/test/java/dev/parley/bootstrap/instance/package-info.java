/** What holds when an instance is put together. */
@NullMarked
package dev.parley.bootstrap.instance;

import org.jspecify.annotations.NullMarked;
