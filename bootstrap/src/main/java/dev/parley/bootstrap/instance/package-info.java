/** One running Parley: what the hexagon is made of in this process. */
@NullMarked
package dev.parley.bootstrap.instance;

import org.jspecify.annotations.NullMarked;
