package io.github.tandemfetch.domain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A domain table is named by its own class alone, so that whatever concerns all tables follows from the registry. */
class TableNamesTest {
    private static final Path MAIN = Path.of("src/main");

    /** Released migrations stay as they are. */
    private static final String RELEASED = "001_pipeline_tables.sql";

    @Test
    void only_its_own_class_names_a_domain_table() throws IOException {
        List<String> named = new ArrayList<>();
        for (DomainTable table : DomainTables.ALL) {
            Set<String> own = Set.of(table.getClass().getSimpleName() + ".java", RELEASED);
            for (Path file : files()) {
                if (!own.contains(file.getFileName().toString()) && isNamed(table.name(), Files.readString(file))) {
                    named.add(file + " names " + table.name());
                }
            }
        }

        assertThat(named).isEmpty();
    }

    @Test
    void every_table_class_is_registered() throws IOException {
        List<String> registered = DomainTables.ALL.stream()
                .map(table -> table.getClass().getSimpleName())
                .toList();
        List<String> written = new ArrayList<>();
        for (Path file : files()) {
            String name = file.getFileName().toString();
            if (name.endsWith(".java")
                    && Files.readString(file)
                            .matches("(?s).*public final class \\w+ extends "
                                    + "(DomainTable|EventRowsTable|AssembledTable|DailyTable) .*")) {
                written.add(name.replace(".java", ""));
            }
        }

        assertThat(registered).containsExactlyInAnyOrderElementsOf(written);
    }

    @Test
    void every_column_has_a_comment() {
        assertThat(DomainTables.ALL).allSatisfy(table -> {
            assertThat(table.comment()).isNotBlank();
            assertThat(table.allColumns())
                    .allSatisfy(column -> assertThat(column.comment()).isNotBlank());
        });
    }

    @Test
    void a_table_stands_behind_those_it_is_computed_from() {
        List<DomainTable> all = DomainTables.ALL;
        assertThat(all).allSatisfy(table -> {
            if (table instanceof DailyTable daily) {
                assertThat(all.subList(0, all.indexOf(table))).containsAll(daily.sources());
            }
        });
    }

    /** A name of one word may stand in a sentence; what counts is a text of its own and a statement. */
    private static boolean isNamed(String table, String source) {
        return table.contains("_")
                ? source.contains(table)
                : Pattern.compile("\"" + table + "\"|(?i)\\b(from|join|into|update|table) \"?" + table + "\\b")
                        .matcher(source)
                        .find();
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(MAIN)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches(".*\\.(java|sql|json|html|js|txt)"))
                    .toList();
        }
    }
}
