package io.github.tandemfetch;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** The house of docs/architecture.md: which package may use which. */
class ArchitectureTest {
    private static final String ROOT = "io.github.tandemfetch.";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.github.tandemfetch");

    @Test
    void packages_use_only_what_lies_below_them() {
        ArchRule rule = Architectures.layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("io.github.tandemfetch..")
                // faces
                .layer("cli")
                .definedBy(ROOT + "cli..")
                .layer("web")
                .definedBy(ROOT + "web..")
                // services
                .layer("demo")
                .definedBy(ROOT + "demo..")
                .layer("export")
                .definedBy(ROOT + "export..")
                .layer("jobs")
                .definedBy(ROOT + "jobs..")
                .layer("load")
                .definedBy(ROOT + "load..")
                .layer("pipeline")
                .definedBy(ROOT + "pipeline..")
                .layer("query")
                .definedBy(ROOT + "query..")
                .layer("status")
                .definedBy(ROOT + "status..")
                .layer("verify")
                .definedBy(ROOT + "verify..")
                .layer("watch")
                .definedBy(ROOT + "watch..")
                // subjects
                .layer("domain")
                .definedBy(ROOT + "domain..")
                .layer("clock")
                .definedBy(ROOT + "clock..")
                .layer("history")
                .definedBy(ROOT + "history..")
                .layer("pump")
                .definedBy(ROOT + "pump..")
                .layer("source")
                .definedBy(ROOT + "source..")
                // ground
                .layer("store")
                .definedBy(ROOT + "store..")
                .layer("config")
                .definedBy(ROOT + "config..")
                .layer("failure")
                .definedBy(ROOT + "failure..")
                .layer("simulator")
                .definedBy(ROOT + "simulator..")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("web")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("demo")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("watch")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("status")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("jobs")
                .mayOnlyBeAccessedByLayers("cli", "web")
                .whereLayer("verify")
                .mayOnlyBeAccessedByLayers("cli", "status")
                .whereLayer("pipeline")
                .mayOnlyBeAccessedByLayers("cli", "demo", "status", "verify", "watch")
                .whereLayer("export")
                .mayOnlyBeAccessedByLayers("cli", "demo", "jobs", "web")
                .whereLayer("query")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("load")
                .mayOnlyBeAccessedByLayers("cli", "query")
                .whereLayer("source")
                .mayOnlyBeAccessedByLayers("cli", "demo", "pipeline", "watch")
                .whereLayer("pump")
                .mayOnlyBeAccessedByLayers("clock", "domain", "pipeline", "verify")
                .whereLayer("simulator")
                .mayOnlyBeAccessedByLayers("cli", "demo")
                .ensureAllClassesAreContainedInArchitecture();
        rule.check(CLASSES);
    }

    @Test
    void subjects_do_not_know_the_services() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + "domain..", ROOT + "clock..", ROOT + "history..", ROOT + "pump..", ROOT + "source..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + "pipeline..",
                        ROOT + "verify..",
                        ROOT + "status..",
                        ROOT + "export..",
                        ROOT + "jobs..",
                        ROOT + "query..",
                        ROOT + "load..",
                        ROOT + "watch..",
                        ROOT + "demo..")
                .check(CLASSES);
    }

    @Test
    void the_store_knows_no_subject() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "store..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.github.tandemfetch..")
                        .and(not(resideInAnyPackage(ROOT + "store..", ROOT + "config..", ROOT + "failure.."))))
                .check(CLASSES);
    }

    @Test
    void packages_have_no_cycles() {
        slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void faces_and_source_speak_no_sql() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + "cli..",
                        ROOT + "web..",
                        ROOT + "jobs..",
                        ROOT + "pipeline..",
                        ROOT + "status..",
                        ROOT + "watch..",
                        ROOT + "demo..",
                        ROOT + "pump..",
                        ROOT + "source..",
                        ROOT + "simulator..",
                        ROOT + "config..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "org.duckdb..")
                .check(CLASSES);
    }

    @Test
    void only_the_source_the_simulator_and_the_web_speak_http() {
        noClasses()
                .that(not(resideInAnyPackage(ROOT + "source..", ROOT + "simulator..", ROOT + "web..")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.net.http..",
                        "jakarta.ws.rs..",
                        "com.sun.net.httpserver..",
                        "io.vertx..",
                        "org.jboss.resteasy..")
                .check(CLASSES);
    }

    @Test
    void only_the_command_line_knows_picocli() {
        noClasses()
                .that(not(resideInAPackage(ROOT + "cli..")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("picocli..", "io.quarkus.picocli..")
                .check(CLASSES);
    }

    @Test
    void every_failure_is_one_of_ours() {
        classes()
                .that()
                .areAssignableTo(RuntimeException.class)
                .and()
                .arePublic()
                .should()
                .beAssignableTo(io.github.tandemfetch.failure.TandemException.class)
                .check(CLASSES);
    }

    /** A proxy of a bean is dead as soon as the container stops, which Ctrl-C does first of all. */
    @Test
    void no_bean_is_used_through_a_proxy_that_dies_before_the_process() {
        noClasses()
                .should()
                .beAnnotatedWith(jakarta.enterprise.context.ApplicationScoped.class)
                .orShould()
                .beAnnotatedWith(jakarta.enterprise.context.RequestScoped.class)
                .check(CLASSES);
    }

    @Test
    void no_state_is_static() {
        noFields().that().areStatic().should().notBeFinal().check(CLASSES);
    }
}
