package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.Settings;
import io.github.tandemfetch.domain.CgmReadings;
import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.TandemException;
import io.github.tandemfetch.query.QueryRequest;
import io.github.tandemfetch.query.QueryRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tandem query}. */
@Command(
        name = "query",
        description = {"Run a read-only SQL query.", "It cannot change data, read files, or access the network."},
        footer = {
            "",
            "Examples:",
            "  tandem query \"SELECT status, count(*) FROM " + CgmReadings.NAME + " GROUP BY status\"",
            "  tandem query --param low=70 'FROM " + CgmReadings.NAME + " WHERE cgm_reading < $low' --format csv",
            "  tandem query --file report.sql --format markdown",
            "  echo 'SHOW TABLES' | tandem query -"
        })
class QueryCommand implements Runnable {
    @Mixin
    DatabaseOptions databaseOptions;

    @Mixin
    FormatOptions formatOptions;

    @Parameters(arity = "0..1", paramLabel = "SQL", description = "The query; - reads it from standard input.")
    String sql;

    @Option(names = "--file", paramLabel = "FILE", description = "Read the query from a file.")
    Path file;

    @Option(
            names = {"-p", "--param"},
            paramLabel = "NAME=VALUE",
            description = "Value of $NAME in the query, as text; cast for other types: $NAME::INTEGER.")
    Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--limit", paramLabel = "N", description = "Maximum number of rows.")
    Long limit;

    @Option(names = "--all", description = "Show all rows on a terminal, not only the first 1,000.")
    boolean all;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = TimeoutConverter.class,
            description = "Timeout, such as 500ms, 30s or 5m.")
    Duration timeout;

    @Spec
    CommandSpec spec;

    private final CommandSettings commandSettings;
    private final QueryRunner queries;
    private final ResultPrinter printer;

    QueryCommand(CommandSettings commandSettings, QueryRunner queries, ResultPrinter printer) {
        this.commandSettings = commandSettings;
        this.queries = queries;
        this.printer = printer;
    }

    @Override
    public void run() {
        if ((sql == null) == (file == null)) {
            throw new ParameterException(
                    spec.commandLine(), "Give the statement either as an argument, - for standard input, or --file");
        }
        if (limit != null && limit < 0) {
            throw new ParameterException(spec.commandLine(), "--limit is a number of rows, 0 or more");
        }
        if (limit != null && all) {
            throw new ParameterException(spec.commandLine(), "Give either --limit or --all");
        }
        Settings settings = commandSettings.load(databaseOptions.overrides());
        commandSettings.sayAllPumps(settings, "the statement says which rows it reads");
        Path database = settings.database().value();
        String statement = statement();
        if (limit == null && !all) {
            printer.printFirst(formatOptions, (most, rows) -> queries.run(database, request(statement, most), rows));
        } else {
            OptionalLong most = all ? OptionalLong.empty() : OptionalLong.of(limit);
            printer.print(formatOptions, rows -> queries.run(database, request(statement, most), rows));
        }
    }

    private QueryRequest request(String statement, OptionalLong most) {
        return new QueryRequest(statement, parameters, most, timeout);
    }

    private String statement() {
        try {
            if (file != null) {
                return Files.readString(file);
            }
            return sql.equals("-") ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8) : sql;
        } catch (IOException e) {
            throw new TandemException(
                    "SOURCE_NOT_READABLE",
                    (file == null ? "Standard input" : file) + " cannot be read: " + e.getMessage() + ".",
                    "Name a file with one statement, in UTF-8.",
                    ExitStatus.INVALID_USAGE,
                    e);
        }
    }
}
