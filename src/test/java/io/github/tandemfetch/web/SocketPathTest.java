package io.github.tandemfetch.web;

import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.TandemException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SocketPathTest {
    @TempDir
    Path folder;

    private Path path;
    private SocketPath socket;

    @BeforeEach
    void name_the_socket() {
        path = folder.resolve("s.sock");
        socket = new SocketPath(path);
    }

    @AfterEach
    void nothing_else_is_left() throws IOException {
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(each -> each.getFileName().toString()).filter(name -> name.startsWith(".t")))
                    .isEmpty();
        }
    }

    private void isRefused(String why) {
        assertThatThrownBy(() -> socket.open())
                .isInstanceOfSatisfying(TandemException.class, refused -> assertThat(refused.exitStatus())
                        .isEqualTo(ExitStatus.INVALID_USAGE))
                .hasMessageContaining(why);
    }

    @Test
    void only_its_owner_can_connect_and_it_is_removed_at_the_end() throws IOException {
        try (ServerSocketChannel listening = socket.open()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-------");
            try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path));
                    SocketChannel accepted = listening.accept()) {
                assertThat(client.isConnected()).isTrue();
                assertThat(accepted.isConnected()).isTrue();
            }
        }
        socket.close();
        assertThat(path).doesNotExist();
    }

    @Test
    void a_socket_that_a_killed_process_has_left_is_replaced() throws IOException {
        ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        killed.bind(UnixDomainSocketAddress.of(path));
        killed.close();
        assertThat(Files.exists(path)).isTrue();
        try (ServerSocketChannel listening = socket.open();
                SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            assertThat(listening.isOpen()).isTrue();
            assertThat(client.isConnected()).isTrue();
        }
    }

    @Test
    void a_socket_that_another_process_listens_on_is_left_alone() throws IOException {
        try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.bind(UnixDomainSocketAddress.of(path));
            isRefused("another process listens");
            try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
                assertThat(client.isConnected()).isTrue();
            }
        }
    }

    @Test
    void whatever_else_has_the_name_is_left_alone() throws IOException {
        Files.writeString(path, "mine");
        isRefused("not a socket");
        assertThat(path).hasContent("mine");
        Files.delete(path);
        Files.createDirectory(path);
        isRefused("not a socket");
        Files.delete(path);
        Files.createSymbolicLink(path, folder.resolve("nowhere"));
        isRefused("not a socket");
        assertThat(path).isSymbolicLink();
    }

    @Test
    void a_folder_that_is_not_there_and_a_path_that_is_too_long_are_refused() {
        assertThatThrownBy(() -> new SocketPath(folder.resolve("none/s.sock")).open())
                .hasMessageContaining("folder does not exist");
        Path name = folder.resolve("n".repeat(90));
        socket = new SocketPath(name);
        try {
            Files.createDirectory(name);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        assertThatThrownBy(() -> new SocketPath(name.resolve("s.sock")).open())
                .isInstanceOf(TandemException.class)
                .hasMessageContaining("system refuses");
    }

    @Test
    void what_has_taken_its_name_is_not_removed_at_the_end() throws IOException {
        socket.open().close();
        Files.delete(path);
        Files.writeString(path, "mine");
        socket.close();
        assertThat(path).hasContent("mine");
    }
}
