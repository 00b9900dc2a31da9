package io.github.tandemfetch.cli;

import io.github.tandemfetch.query.format.OutputFormat;
import picocli.CommandLine.Option;

/** The option that says in which format rows are printed. */
public class FormatOptions {
    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            converter = FormatConverter.class,
            description = "table, csv, json, jsonl or markdown; default: table, with --json: json.")
    OutputFormat format;
}
