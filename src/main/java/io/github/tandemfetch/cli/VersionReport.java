package io.github.tandemfetch.cli;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * What this program is made of, as {@code --version} tells it.
 *
 * @param version the release
 * @param commit the first digits of the commit it was built from, or {@code unknown} where the sources came without one
 * @param modified whether the sources differed from that commit
 * @param duckdb the version of DuckDB inside
 * @param java the version of Java inside, or that it runs on
 * @param vm the virtual machine's name
 * @param platform the operating system and the processor
 */
@RegisterForReflection
record VersionReport(
        String version, String commit, boolean modified, String duckdb, String java, String vm, String platform) {

    /**
     * The report for a person.
     *
     * @return the first line as {@code tandem 1.2.3}, for whoever cuts it up
     */
    List<String> lines() {
        return List.of(
                "tandem " + version,
                "commit " + commit + (modified ? ", modified" : ""),
                "DuckDB " + duckdb,
                "Java " + java + " (" + vm + "), " + platform);
    }
}
