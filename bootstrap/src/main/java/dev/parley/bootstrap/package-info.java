/**
 * The composition root: what the hexagon is made of in this process, and the commands that run it.
 */
@NullMarked
package dev.parley.bootstrap;

import org.jspecify.annotations.NullMarked;
