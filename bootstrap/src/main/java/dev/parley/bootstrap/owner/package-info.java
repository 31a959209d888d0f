/** Setting up whom a server for chat connectors belongs to. */
@NullMarked
package dev.parley.bootstrap.owner;

import org.jspecify.annotations.NullMarked;
