/** The tool catalogue: what an agent can call, free of any transport. */
@NullMarked
package dev.parley.adapters.inbound.mcp;

import org.jspecify.annotations.NullMarked;
