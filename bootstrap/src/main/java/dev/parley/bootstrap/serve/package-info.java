/** Serving one MCP session. */
@NullMarked
package dev.parley.bootstrap.serve;

import org.jspecify.annotations.NullMarked;
