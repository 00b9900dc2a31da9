import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.ZipFile;
import org.tukaani.xz.ARM64Options;
import org.tukaani.xz.FilterOptions;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.X86Options;
import org.tukaani.xz.XZOutputStream;

/**
 * Packs the engine's library for the executable, which does not compress what it carries: to less than a quarter, with
 * the filter for its processor's code. Usage: {@code java -cp xz.jar PackLibrary.java DRIVER_JAR ENTRY FILE}
 */
public final class PackLibrary {
    private static final int STRENGTH = 8;

    public static void main(String[] args) throws IOException {
        Path driver = Path.of(args[0]);
        Path packed = Path.of(args[2]);
        if (Files.exists(packed)
                && Files.getLastModifiedTime(packed).compareTo(Files.getLastModifiedTime(driver)) > 0) {
            return;
        }
        Files.createDirectories(packed.getParent());
        Path beside = packed.resolveSibling(packed.getFileName() + ".part");
        try (ZipFile jar = new ZipFile(driver.toFile());
                InputStream library = jar.getInputStream(jar.getEntry(args[1]));
                OutputStream out = new XZOutputStream(Files.newOutputStream(beside), filters(args[1]))) {
            library.transferTo(out);
        }
        Files.move(beside, packed, StandardCopyOption.REPLACE_EXISTING);
    }

    private static FilterOptions[] filters(String name) throws IOException {
        FilterOptions code = name.endsWith("amd64") ? new X86Options() : new ARM64Options();
        return new FilterOptions[] {code, new LZMA2Options(STRENGTH)};
    }
}
