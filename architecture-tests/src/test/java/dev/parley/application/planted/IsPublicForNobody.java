package dev.parley.application.planted;

import dev.parley.architecture.Breaks;

@Breaks("classesArePublicOnlyForAnotherPackage")
public final class IsPublicForNobody {}
