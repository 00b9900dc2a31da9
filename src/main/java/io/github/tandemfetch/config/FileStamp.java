package io.github.tandemfetch.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a file system says of a file that changes with each change of the file: size, identity, and the times of the
 * last changes, one of which no program can set. Equal stamps spare reading the file.
 *
 * @param text the facts, in one line
 */
public record FileStamp(String text) {
    private static final String OF_UNIX = "unix:size,ino,ctime,lastModifiedTime";
    private static final String OF_OTHERS = "size,fileKey,creationTime,lastModifiedTime";

    /**
     * Takes the stamp of a file.
     *
     * @param file a file that exists
     * @return what it is now
     * @throws IOException where there is no such file, or the file system refuses
     */
    public static FileStamp of(Path file) throws IOException {
        boolean unix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
        Map<String, Object> facts =
                new TreeMap<>(Files.readAttributes(file, unix ? OF_UNIX : OF_OTHERS, LinkOption.NOFOLLOW_LINKS));
        return new FileStamp(facts.toString());
    }
}
