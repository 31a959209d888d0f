package dev.parley.application.planted.unmarked;

import dev.parley.architecture.Breaks;

@Breaks({"everyPackageOfTheApplicationSaysSo", "everyPackageIsNullMarked"})
final class SaysNothing {}
