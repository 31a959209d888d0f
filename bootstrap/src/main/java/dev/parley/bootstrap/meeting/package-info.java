/** Real sessions that meet for a while: each a process of its own, on a file or on a server. */
@NullMarked
package dev.parley.bootstrap.meeting;

import org.jspecify.annotations.NullMarked;
