package io.github.tandemfetch.export;

import io.github.tandemfetch.config.PrivateFile;
import io.github.tandemfetch.store.HiddenFolders;
import java.io.IOException;
import java.nio.file.Path;

/** Makes the hidden folders in which exports write, and removes those that a killed process has left. */
final class WorkFolders {
    private final HiddenFolders folders = new HiddenFolders();

    /** Makes a folder beside the files to be, and the folder around it where it is not there. */
    WorkFolder createIn(Path parent) {
        try {
            PrivateFile.createFolder(parent.toAbsolutePath());
        } catch (IOException e) {
            throw ExportException.folderNotMade(parent, e);
        }
        try {
            return new WorkFolder(folders.createIn(parent));
        } catch (IOException e) {
            throw ExportException.folderNotWritable(parent, e);
        }
    }
}
