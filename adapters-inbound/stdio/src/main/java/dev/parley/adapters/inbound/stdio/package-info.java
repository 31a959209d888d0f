/** MCP over stdin and stdout, for coding agents, with live push as channel events. */
@NullMarked
package dev.parley.adapters.inbound.stdio;

import org.jspecify.annotations.NullMarked;
