package io.github.tandemfetch.store.duckdb;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BundledLibraryTest {
    @TempDir
    Path folder;

    @Test
    void the_list_tells_the_libraries_in_the_driver() throws Exception {
        StringBuilder expected = new StringBuilder();
        for (String platform : List.of("linux_amd64", "linux_arm64", "macos_arm64", "windows_amd64")) {
            expected.append(line("libduckdb_java.so_" + platform)).append('\n');
        }
        String list;
        try (InputStream in = BundledLibrary.class.getResourceAsStream("engine-libraries.txt")) {
            list = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }

        assertThat(list.lines().filter(line -> !line.startsWith("#")))
                .containsExactlyElementsOf(expected.toString().lines().toList());
    }

    private static String line(String name) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        long size = 0;
        try (InputStream in = BundledLibrary.class.getResourceAsStream("/" + name)) {
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                size += read;
            }
        }
        return HexFormat.of().formatHex(digest.digest()) + " " + size + " " + name;
    }

    @Test
    void the_library_of_this_platform_is_known() {
        assertThat(BundledLibrary.ofThisPlatform())
                .hasValueSatisfying(library -> assertThat(library.size()).isGreaterThan(10_000_000));
    }

    @Test
    void a_program_with_another_library_than_it_was_built_with_is_damaged() throws IOException {
        BundledLibrary packed = SmallLibrary.packed();
        BundledLibrary longer = new BundledLibrary(packed.name(), packed.size() + 1, packed.sha256());
        BundledLibrary other = new BundledLibrary(packed.name(), packed.size(), "0".repeat(64));
        BundledLibrary none = new BundledLibrary("no-such-library", 1, "0".repeat(64));

        for (BundledLibrary damaged : List.of(longer, other, none)) {
            assertThatThrownBy(() -> damaged.writeTo(
                            folder.resolve(damaged.name().replace('/', '-') + damaged.size() + damaged.sha256())))
                    .isInstanceOf(DamagedLibraryException.class);
        }
        packed.writeTo(folder.resolve("whole"));
        assertThat(packed.equalsFile(folder.resolve("whole"))).isTrue();
    }
}
