package io.github.tandemfetch.web;

import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.TandemException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.jboss.logging.Logger;

/**
 * A Unix domain socket that only its owner can connect to. It is bound in a folder of its own, mode 0700, and gets its
 * name when its mode is 0600: at no moment can anybody else connect.
 */
final class SocketPath implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(SocketPath.class);
    private static final int WAITING_CONNECTIONS = 128;

    private final Path path;
    private Object identity;

    /**
     * Names a socket.
     *
     * @param path where it is to be
     */
    SocketPath(Path path) {
        this.path = path.toAbsolutePath();
    }

    /**
     * Creates the socket. One that nobody listens on is replaced: a process that was killed has left it.
     *
     * @return the socket, listening
     * @throws TandemException where something else has the name, another process listens, or it cannot be created
     */
    ServerSocketChannel open() {
        Path parent = path.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw refused("its folder does not exist", "Create the folder, with mode 0700.", null);
        }
        removeStale();
        ServerSocketChannel channel = null;
        Path folder = null;
        try {
            folder = Files.createTempDirectory(
                    parent, ".t", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path bound = folder.resolve("s");
            channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            channel.bind(UnixDomainSocketAddress.of(bound), WAITING_CONNECTIONS);
            Files.setPosixFilePermissions(bound, PosixFilePermissions.fromString("rw-------"));
            // A link, other than a rename, replaces nothing.
            Files.createLink(path, bound);
            identity = attributes().fileKey();
            Files.delete(bound);
            return channel;
        } catch (FileAlreadyExistsException e) {
            close(channel);
            throw refused("something else was created there just now", "Choose another path.", e);
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            close(channel);
            throw refused(
                    "the system refuses",
                    "Choose a path of at most 80 bytes, in a folder of yours on a local file system.",
                    e);
        } finally {
            removeFolder(folder);
        }
    }

    /** Removes the socket, unless something else has its name by now. */
    @Override
    public void close() {
        try {
            if (identity != null && Objects.equals(attributes().fileKey(), identity)) {
                Files.delete(path);
            }
        } catch (IOException e) {
            LOG.debug("The socket is gone already", e);
        }
    }

    private void removeStale() {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            if (!isSocket()) {
                throw refused("something that is not a socket has this name", "Choose another path.", null);
            }
            Object before = attributes().fileKey();
            if (isListenedOn()) {
                throw refused("another process listens on it", "End that process, or choose another path.", null);
            }
            if (Objects.equals(attributes().fileKey(), before)) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw refused("what is there cannot be removed", "Remove it, or choose another path.", e);
        }
    }

    // The kind of file as POSIX numbers it: S_IFMT and S_IFSOCK.
    private boolean isSocket() throws IOException {
        int type = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 0170000;
        return type == 0140000;
    }

    private boolean isListenedOn() {
        try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            return probe.isConnected();
        } catch (IOException e) {
            LOG.debug("Nobody listens on the socket", e);
            return false;
        }
    }

    private BasicFileAttributes attributes() throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static void removeFolder(Path folder) {
        if (folder == null) {
            return;
        }
        try {
            Files.deleteIfExists(folder.resolve("s"));
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            LOG.debug("An empty folder stays", e);
        }
    }

    private static void close(ServerSocketChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            LOG.debug("The socket could not be closed", e);
        }
    }

    private TandemException refused(String why, String remedy, Exception cause) {
        return new TandemException(
                "SOCKET_NOT_AVAILABLE",
                "The server cannot listen on the socket " + path + ": " + why + ".",
                remedy,
                ExitStatus.INVALID_USAGE,
                cause);
    }
}
