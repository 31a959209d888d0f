package dev.parley.domain.planted;

import dev.parley.architecture.Breaks;
import org.slf4j.Logger;

@Breaks("domainSeesOnlyJavaJMoleculesJSpecifyAndRe2j")
record SeesALibrary(Logger logger) {}
