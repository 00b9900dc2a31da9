package io.github.tandemfetch.export;

import io.github.tandemfetch.config.DurableFile;
import io.github.tandemfetch.config.PrivateFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Gives a complete file its final name, in one step, and only when its content is safe on the disk. */
final class FilePublisher implements Publisher {
    private final boolean overwrite;

    /**
     * Creates a publisher.
     *
     * @param overwrite whether a file of that name is replaced
     */
    FilePublisher(boolean overwrite) {
        this.overwrite = overwrite;
    }

    @Override
    public void check(Path target) {
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        // A device or a folder must never be replaced; a link to a file may be, as any file.
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            throw ExportException.notAFile(target);
        }
        if (!overwrite) {
            throw ExportException.fileExists(target);
        }
    }

    @Override
    public void publish(Path complete, Path target) {
        try {
            long bytes = Files.size(complete);
            PrivateFile.close(complete);
            DurableFile.sync(complete);
            check(target);
            rename(complete, target);
            DurableFile.syncFolder(target.toAbsolutePath().getParent());
            if (Files.size(target) != bytes) {
                throw ExportException.fileChanged(target);
            }
        } catch (FileAlreadyExistsException e) {
            throw ExportException.fileExists(target);
        } catch (NoSuchFileException e) {
            throw ExportException.fileVanished(target, e);
        } catch (IOException e) {
            throw ExportException.fileNotWritten(target, e);
        }
    }

    private void rename(Path complete, Path target) throws IOException {
        if (overwrite) {
            Files.move(complete, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } else {
            DurableFile.moveNew(complete, target);
        }
    }
}
