/** The catalogue behind the MCP Java SDK, which speaks the protocol up to 2025-11-25. */
@NullMarked
package dev.parley.adapters.inbound.mcp.sdk;

import org.jspecify.annotations.NullMarked;
