package io.github.tandemfetch.export;

import io.github.tandemfetch.config.DurableFile;
import io.github.tandemfetch.config.PrivateFile;
import io.github.tandemfetch.domain.PumpTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Gives a complete folder of Parquet files its final name, in one step, when every file in it is safe on the disk. */
final class FolderPublisher implements Publisher {
    private static final Pattern PART = Pattern.compile(
            "(year=[^/]+/(month=[^/]+/(day=[^/]+/)?)?)?(" + String.join("|", PumpTable.names()) + ")\\.("
                    + Arrays.stream(ExportFormat.values())
                            .filter(ExportFormat::canBePartitioned)
                            .map(ExportFormat::extension)
                            .collect(Collectors.joining("|"))
                    + ")");

    private final boolean overwrite;

    /**
     * Creates a publisher.
     *
     * @param overwrite whether an export in parts of that name is replaced
     */
    FolderPublisher(boolean overwrite) {
        this.overwrite = overwrite;
    }

    @Override
    public void check(Path target) {
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!overwrite) {
            throw ExportException.fileExists(target);
        }
        if (!isExport(target)) {
            throw ExportException.notAnExport(target);
        }
    }

    @Override
    public void publish(Path complete, Path target) {
        try {
            closeAndSync(complete);
            check(target);
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                replace(complete, target);
            } else {
                Files.move(complete, target, StandardCopyOption.ATOMIC_MOVE);
            }
            DurableFile.syncFolder(target.toAbsolutePath().getParent());
        } catch (NoSuchFileException e) {
            throw ExportException.fileVanished(target, e);
        } catch (IOException e) {
            throw ExportException.fileNotWritten(target, e);
        }
    }

    // A folder cannot take the place of another that is not empty: the old one steps aside, back again if need be.
    private static void replace(Path complete, Path target) throws IOException {
        Path aside = complete.resolveSibling(complete.getFileName() + ".replaced");
        Files.move(target, aside, StandardCopyOption.ATOMIC_MOVE);
        try {
            Files.move(complete, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
            throw e;
        }
    }

    // Whatever else a folder of that name holds is a person's own, and not to be thrown away.
    private static boolean isExport(Path target) {
        if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (Stream<Path> tree = Files.walk(target)) {
            return tree.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .allMatch(path -> PART.matcher(
                                    target.relativize(path).toString().replace('\\', '/'))
                            .matches());
        } catch (IOException e) {
            throw ExportException.fileNotWritten(target, e);
        }
    }

    private static void closeAndSync(Path folder) throws IOException {
        List<Path> paths;
        try (Stream<Path> tree = Files.walk(folder)) {
            paths = tree.toList();
        }
        for (Path path : paths) {
            PrivateFile.close(path);
            if (Files.isDirectory(path)) {
                DurableFile.syncFolder(path);
            } else {
                DurableFile.sync(path);
            }
        }
    }
}
