package dev.parley.architecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;

/** Every rule, over every production class of every module. */
@AnalyzeClasses(packages = "dev.parley", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest static final ArchTests hexagon = ArchTests.in(HexagonRules.class);

  @ArchTest static final ArchTests adapters = ArchTests.in(AdapterRules.class);

  @ArchTest static final ArchTests stereotypes = ArchTests.in(StereotypeRules.class);

  @ArchTest static final ArchTests house = ArchTests.in(HouseRules.class);
}
