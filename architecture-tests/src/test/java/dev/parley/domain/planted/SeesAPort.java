package dev.parley.domain.planted;

import dev.parley.architecture.Breaks;
import dev.parley.ports.outbound.Backend;

@Breaks({"domainNeverSeesPorts", "domainSeesOnlyJavaJMoleculesJSpecifyAndRe2j"})
record SeesAPort(Backend backend) {}
