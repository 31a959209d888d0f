package dev.parley.domain.planted;

import dev.parley.architecture.Breaks;
import java.util.regex.Pattern;

@Breaks("domainMatchesPatternsInLinearTimeOnly")
record MatchesSlowly(Pattern pattern) {}
