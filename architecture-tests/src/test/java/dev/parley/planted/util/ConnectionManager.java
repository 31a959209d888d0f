package dev.parley.planted.util;

import dev.parley.architecture.Breaks;

@Breaks({"noPackageIsNamedAfterAKindOfClass", "noClassIsNamedAfterNothing"})
final class ConnectionManager {}
