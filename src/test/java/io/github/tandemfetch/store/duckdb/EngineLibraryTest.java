package io.github.tandemfetch.store.duckdb;

import io.github.tandemfetch.store.EngineProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class EngineLibraryTest {
    private static final String AN_ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    @TempDir
    Path folder;

    private Path cache;
    private Path temporary;

    @BeforeEach
    void makeFolders() throws IOException {
        cache = folder.resolve("cache/tandem/engine");
        temporary = Files.createDirectories(folder.resolve("tmp"));
    }

    private List<Path> libraries() throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            return files.filter(file -> !file.toString().endsWith(".stamp")).toList();
        }
    }

    private Path besideTheProgram() throws IOException {
        Path program = folder.resolve("program/tandem");
        Files.createDirectories(program.getParent());
        Files.writeString(program, "the program");
        return program.resolveSibling(System.mapLibraryName("duckdb_java"));
    }

    @Test
    void the_library_is_loaded_from_the_cache_and_nothing_is_left_in_the_temporary_folder() throws IOException {
        EngineProcess process = new EngineProcess(folder.resolve("tandem"), cache, temporary);

        assertThat(process.run()).startsWith("loaded v");
        assertThat(libraries()).hasSize(1);
        assertThat(process.run()).startsWith("loaded v");

        assertThat(libraries()).hasSize(1);
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void processes_that_start_at_once_all_load_it_and_leave_one_file() throws IOException {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            processes.add(new EngineProcess(null, cache, temporary).start());
        }

        for (Process process : processes) {
            assertThat(EngineProcess.end(process)).startsWith("loaded v");
        }
        assertThat(libraries()).hasSize(1);
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void a_library_beside_the_program_is_used_and_no_cache_is_made() throws IOException {
        Path beside = besideTheProgram();
        BundledLibrary.ofThisPlatform().orElseThrow().writeTo(beside);

        assertThat(new EngineProcess(beside.resolveSibling("tandem"), cache, temporary).run())
                .startsWith("loaded v");

        assertThat(cache).doesNotExist();
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void a_library_that_is_prepared_is_loaded_once_and_unpacked_only_when_it_is_needed() throws IOException {
        assertThat(new EngineProcess(null, cache, temporary).preparing().run()).startsWith("loaded v");
        assertThat(new EngineProcess(null, cache, temporary).preparing().run()).startsWith("loaded v");

        assertThat(libraries()).hasSize(1);
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void what_is_in_the_way_is_told_by_the_loading_alone_in_the_same_words() throws IOException {
        Path beside = besideTheProgram();
        Files.writeString(beside, "no library");
        Path nowhere = folder.resolve("nowhere");

        for (Path program : new Path[] {beside.resolveSibling("tandem"), null}) {
            EngineProcess process = new EngineProcess(program, null, nowhere);
            String unprepared = withoutTimeAndId(process.run());

            assertThat(unprepared).contains("refused");
            assertThat(withoutTimeAndId(process.preparing().run())).isEqualTo(unprepared);
        }
    }

    /** The file that it would be unpacked into is called otherwise each time, and a line of the log begins with the time. */
    private static String withoutTimeAndId(String said) {
        return said.replaceAll(AN_ID, "").replaceAll("(?m)^.*(?= io\\.github\\.tandemfetch\\.)", "");
    }

    @Test
    void a_broken_library_beside_the_program_is_named_with_what_to_do() throws IOException {
        Path beside = besideTheProgram();
        Files.writeString(beside, "no library");

        assertThat(new EngineProcess(beside.resolveSibling("tandem"), cache, temporary).run())
                .contains("refused", beside.toString(), "or remove it");
    }

    @Test
    void without_a_cache_the_library_is_loaded_from_a_file_that_is_gone_at_once() throws IOException {
        assertThat(new EngineProcess(null, null, temporary).run()).contains("loaded v");
        assertThat(temporary).isEmptyDirectory();

        Path file = Files.writeString(folder.resolve("file"), "no folder");
        assertThat(new EngineProcess(null, file.resolve("tandem/engine"), temporary).run())
                .contains("loaded v");
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void where_there_is_no_place_at_all_the_failure_says_what_to_do() throws IOException {
        Path nowhere = folder.resolve("nowhere");

        assertThat(new EngineProcess(null, null, nowhere).run())
                .contains("refused", nowhere.toString(), "XDG_CACHE_HOME", "72 MB", "beside the program");
    }
}
