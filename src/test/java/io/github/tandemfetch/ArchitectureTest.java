package io.github.tandemfetch;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** Which package may use which: data flows one way, and only the command line knows everything. */
@AnalyzeClasses(packages = "io.github.tandemfetch", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "io.github.tandemfetch.";

    @ArchTest
    static final ArchRule packages_use_only_what_lies_below_them = Architectures.layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
            .layer("cli")
            .definedBy(ROOT + "cli..")
            .layer("demo")
            .definedBy(ROOT + "demo..")
            .layer("pipeline")
            .definedBy(ROOT + "pipeline..")
            .layer("source")
            .definedBy(ROOT + "source..")
            .layer("pump")
            .definedBy(ROOT + "pump..")
            .layer("store")
            .definedBy(ROOT + "store..")
            .layer("export")
            .definedBy(ROOT + "export..")
            .layer("simulator")
            .definedBy(ROOT + "simulator..")
            .layer("config")
            .definedBy(ROOT + "config..")
            .layer("failure")
            .definedBy(ROOT + "failure..")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("demo")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("pipeline")
            .mayOnlyBeAccessedByLayers("cli", "demo")
            .whereLayer("export")
            .mayOnlyBeAccessedByLayers("cli", "demo")
            .whereLayer("simulator")
            .mayOnlyBeAccessedByLayers("cli", "demo")
            .whereLayer("source")
            .mayOnlyBeAccessedByLayers("cli", "demo", "pipeline")
            .whereLayer("store")
            .mayOnlyBeAccessedByLayers("cli", "demo", "pipeline", "export")
            .whereLayer("pump")
            .mayOnlyBeAccessedByLayers("cli", "demo", "pipeline", "simulator")
            .whereLayer("config")
            .mayOnlyBeAccessedByLayers("cli", "demo", "pipeline", "source", "export")
            .ensureAllClassesAreContainedInArchitecture();

    @ArchTest
    static final ArchRule packages_have_no_cycles =
            slices().matching(ROOT + "(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule only_the_store_and_the_export_speak_sql = noClasses()
            .that(not(resideInAPackage(ROOT + "store..")).and(not(resideInAPackage(ROOT + "export.."))))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "org.duckdb..");

    @ArchTest
    static final ArchRule only_the_source_and_the_simulator_speak_http = noClasses()
            .that(not(resideInAPackage(ROOT + "source..")).and(not(resideInAPackage(ROOT + "simulator.."))))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net.http..", "jakarta.ws.rs..", "com.sun.net.httpserver..");

    @ArchTest
    static final ArchRule only_the_command_line_knows_picocli = noClasses()
            .that(not(resideInAPackage(ROOT + "cli..")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("picocli..", "io.quarkus.picocli..");

    @ArchTest
    static final ArchRule every_failure_is_one_of_ours = classes()
            .that()
            .areAssignableTo(RuntimeException.class)
            .and()
            .arePublic()
            .should()
            .beAssignableTo(io.github.tandemfetch.failure.TandemException.class);

    @ArchTest
    static final ArchRule no_state_is_static =
            noFields().that().areStatic().should().notBeFinal();
}
