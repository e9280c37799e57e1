package io.edgeshard.verticles;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.vertx.core.Verticle;

/** The architecture, as far as imports show it: a technology has one home, arrows go one way. */
@AnalyzeClasses(packages = "io.edgeshard", importOptions = ArchitectureTest.MainOnly.class)
class ArchitectureTest {
  /** Main classes: neither this module's tests nor the fixtures of other modules. */
  static final class MainOnly implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/test-classes/") && !location.contains("-tests.jar");
    }
  }

  /** Every package of its own, the module's root and subpackages of subpackages too. */
  static final class PackagesOfVerticles implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return type.getPackageName().startsWith("io.edgeshard.verticles")
          ? SliceIdentifier.of(type.getPackageName())
          : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "packages of verticles";
    }
  }

  @ArchTest
  static final ArchRule planner_needsTheJdkOnly =
      classes()
          .that()
          .resideInAPackage("io.edgeshard.planner..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("io.edgeshard.planner..", "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule runtime_knowsNoClusterAndNoHttp =
      noClasses()
          .that()
          .resideInAPackage("io.edgeshard.runtime..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.vertx..", "com.hazelcast..", "io.edgeshard.web..", "io.edgeshard.verticles..");

  @ArchTest
  static final ArchRule web_knowsNoClusterAndNoModel =
      noClasses()
          .that()
          .resideInAPackage("io.edgeshard.web..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "com.hazelcast..",
              "ai.onnxruntime..",
              "io.edgeshard.planner..",
              "io.edgeshard.runtime..",
              "io.edgeshard.verticles..");

  @ArchTest
  static final ArchRule onnxRuntime_hasOneHome =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.edgeshard.runtime.session..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.onnxruntime..");

  @ArchTest
  static final ArchRule onnxFormat_hasOneHome =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.edgeshard.runtime.graph..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.onnx.proto..", "com.google.protobuf..", "org.tribuo..");

  @ArchTest
  static final ArchRule hazelcast_hasOneHome =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.edgeshard.verticles.membership..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.hazelcast..", "io.vertx.spi.cluster..");

  @ArchTest
  static final ArchRule logic_isPlain =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.edgeshard.verticles.stage",
              "io.edgeshard.verticles.pipeline..",
              "io.edgeshard.verticles.placement",
              "io.edgeshard.verticles.profile..",
              "io.edgeshard.verticles.machine")
          .and()
          .haveNameNotMatching(".*(Bus|Verticle|PipelineTextGenerator|ProfileMaps).*")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.vertx..")
          .because("logic is tested without Vert.x; verticles and what speaks to the bus wire it");

  @ArchTest
  static final ArchRule verticles_areBasedOnVerticleBase =
      noClasses()
          .that()
          .resideInAPackage("io.edgeshard..")
          .should()
          .implement(Verticle.class)
          .because("start and stop return futures");

  @ArchTest
  static final ArchRule runtimePackages_haveNoCycles =
      slices().matching("io.edgeshard.runtime.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule webPackages_haveNoCycles =
      slices().matching("io.edgeshard.web.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule verticlesPackages_haveNoCycles =
      slices().matching("io.edgeshard.verticles.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule verticlesPackagesOneByOne_haveNoCycles =
      slices().assignedFrom(new PackagesOfVerticles()).should().beFreeOfCycles();

  @ArchTest
  static final ArchRule verticlesRoot_isUsedByNobody =
      noClasses()
          .that()
          .resideInAPackage("io.edgeshard.verticles.*..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.edgeshard.verticles")
          .because("it constructs and deploys all that is below it");
}
