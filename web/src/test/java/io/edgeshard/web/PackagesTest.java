package io.edgeshard.web;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom. */
@AnalyzeClasses(packages = "io.edgeshard.web", importOptions = DoNotIncludeTests.class)
class PackagesTest {
  @ArchTest
  static final ArchRule PACKAGES_FORM_NO_CYCLE =
      slices().matching("io.edgeshard.web.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule DIALECT_AND_JSON_ARE_READ_WITHOUT_VERTX =
      noClasses()
          .that()
          .resideInAnyPackage("..web.json..", "..web.error..", "..web.openai.request..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.vertx..");

  @ArchTest
  static final ArchRule ONLY_THE_DIALECT_KNOWS_ITSELF =
      noClasses()
          .that()
          .resideOutsideOfPackages("..web.openai..", "io.edgeshard.web")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..web.openai..");
}
