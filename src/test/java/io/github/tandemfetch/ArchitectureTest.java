package io.github.tandemfetch;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** Which package may use which: data flows one way, and only the command line knows everything. */
class ArchitectureTest {
    private static final String ROOT = "io.github.tandemfetch.";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.github.tandemfetch");

    @Test
    void packages_use_only_what_lies_below_them() {
        ArchRule rule = Architectures.layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("io.github.tandemfetch..")
                .layer("cli")
                .definedBy(ROOT + "cli..")
                .layer("demo")
                .definedBy(ROOT + "demo..")
                .layer("watch")
                .definedBy(ROOT + "watch..")
                .layer("pipeline")
                .definedBy(ROOT + "pipeline..")
                .layer("source")
                .definedBy(ROOT + "source..")
                .layer("pump")
                .definedBy(ROOT + "pump..")
                .layer("store")
                .definedBy(ROOT + "store..")
                .layer("jobs")
                .definedBy(ROOT + "jobs..")
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
                .whereLayer("watch")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("pipeline")
                .mayOnlyBeAccessedByLayers("cli", "demo", "watch")
                .whereLayer("jobs")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("export")
                .mayOnlyBeAccessedByLayers("cli", "demo", "jobs")
                .whereLayer("simulator")
                .mayOnlyBeAccessedByLayers("cli", "demo")
                .whereLayer("source")
                .mayOnlyBeAccessedByLayers("cli", "demo", "pipeline", "watch")
                .whereLayer("store")
                .mayOnlyBeAccessedByLayers("cli", "demo", "pipeline", "export", "jobs")
                .whereLayer("pump")
                .mayOnlyBeAccessedByLayers("cli", "demo", "pipeline", "simulator")
                .whereLayer("config")
                .mayOnlyBeAccessedByLayers("cli", "demo", "pipeline", "source", "export", "store", "watch", "jobs")
                .ensureAllClassesAreContainedInArchitecture();
        rule.check(CLASSES);
    }

    @Test
    void packages_have_no_cycles() {
        ArchRule rule = slices().matching(ROOT + "(*)..").should().beFreeOfCycles();
        rule.check(CLASSES);
    }

    @Test
    void only_the_store_and_the_export_speak_sql() {
        ArchRule rule = noClasses()
                .that(not(resideInAPackage(ROOT + "store..")).and(not(resideInAPackage(ROOT + "export.."))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "org.duckdb..");
        rule.check(CLASSES);
    }

    @Test
    void only_the_source_the_simulator_and_the_jobs_speak_http() {
        ArchRule rule = noClasses()
                .that(not(resideInAPackage(ROOT + "source.."))
                        .and(not(resideInAPackage(ROOT + "simulator..")))
                        .and(not(resideInAPackage(ROOT + "jobs.rest.."))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.net.http..",
                        "jakarta.ws.rs..",
                        "com.sun.net.httpserver..",
                        "io.vertx..",
                        "org.jboss.resteasy..");
        rule.check(CLASSES);
    }

    @Test
    void only_the_command_line_knows_picocli() {
        ArchRule rule = noClasses()
                .that(not(resideInAPackage(ROOT + "cli..")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("picocli..", "io.quarkus.picocli..");
        rule.check(CLASSES);
    }

    @Test
    void every_failure_is_one_of_ours() {
        ArchRule rule = classes()
                .that()
                .areAssignableTo(RuntimeException.class)
                .and()
                .arePublic()
                .should()
                .beAssignableTo(io.github.tandemfetch.failure.TandemException.class);
        rule.check(CLASSES);
    }

    /** A proxy of a bean is dead as soon as the container stops, which Ctrl-C does first of all. */
    @Test
    void no_bean_is_used_through_a_proxy_that_dies_before_the_process() {
        ArchRule rule = noClasses()
                .should()
                .beAnnotatedWith(jakarta.enterprise.context.ApplicationScoped.class)
                .orShould()
                .beAnnotatedWith(jakarta.enterprise.context.RequestScoped.class);
        rule.check(CLASSES);
    }

    @Test
    void no_state_is_static() {
        ArchRule rule = noFields().that().areStatic().should().notBeFinal();
        rule.check(CLASSES);
    }
}
