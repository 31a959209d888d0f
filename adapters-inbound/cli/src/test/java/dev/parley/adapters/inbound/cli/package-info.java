/** How a person's commands read and address. */
@NullMarked
package dev.parley.adapters.inbound.cli;

import org.jspecify.annotations.NullMarked;
