/** MCP over HTTP: the streamable transport of both eras on one endpoint. */
@NullMarked
package dev.parley.adapters.inbound.http;

import org.jspecify.annotations.NullMarked;
