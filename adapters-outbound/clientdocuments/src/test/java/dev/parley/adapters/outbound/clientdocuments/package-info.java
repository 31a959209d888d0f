/** Tests of fetching what clients publish, from servers that mean well and others. */
@NullMarked
package dev.parley.adapters.outbound.clientdocuments;

import org.jspecify.annotations.NullMarked;
