import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.DeadCodeOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Rewrites the classes in jars that are of a format from before Java 6, which a start-up cache cannot hold: picocli's,
 * and the byte code library within Groovy's. They get the format of Java 8 and the stack maps that it asks for; nothing
 * else changes. A jar without such classes is left as it is.
 *
 * <p>Usage: java UpgradeClasses.java DIRECTORY
 */
class UpgradeClasses {
  private static final int JAVA_6 = 50;
  private static final int MAJOR = 7; // the byte of a class file with its format

  public static void main(String[] arguments) throws IOException {
    try (var jars = Files.newDirectoryStream(Path.of(arguments[0]), "*.jar")) {
      for (Path jar : jars) {
        upgrade(jar);
      }
    }
  }

  private static void upgrade(Path jar) throws IOException {
    Path upgraded = Path.of(jar + ".new");
    int found = 0;
    try (var in = new ZipFile(jar.toFile());
        var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
        var out = new ZipOutputStream(Files.newOutputStream(upgraded))) {
      ClassHierarchyResolver resolver =
          ClassHierarchyResolver.ofResourceParsing(loader).orElse(ClassHierarchyResolver.defaultResolver());
      ClassFile files =
          ClassFile.of(
              StackMapsOption.GENERATE_STACK_MAPS,
              DeadCodeOption.PATCH_DEAD_CODE,
              ClassHierarchyResolverOption.of(resolver));
      for (ZipEntry entry : Collections.list(in.entries())) {
        byte[] content = in.getInputStream(entry).readAllBytes();
        if (entry.getName().endsWith(".class") && content[MAJOR] < JAVA_6) {
          content = files.transformClass(files.parse(content), TO_JAVA_8);
          found++;
        }
        var copy = new ZipEntry(entry.getName());
        copy.setTime(entry.getTime());
        out.putNextEntry(copy);
        out.write(content);
        out.closeEntry();
      }
    }
    if (found > 0) {
      Files.move(upgraded, jar, StandardCopyOption.ATOMIC_MOVE);
    } else {
      Files.delete(upgraded);
    }
  }

  /** Takes every method's code apart, so that it is put together again with stack maps. */
  private static final ClassTransform TO_JAVA_8 =
      ClassTransform.transformingMethodBodies((code, element) -> code.with(element))
          .andThen(
              (type, element) -> {
                if (element instanceof ClassFileVersion) {
                  type.withVersion(ClassFile.JAVA_8_VERSION, 0);
                } else {
                  type.with(element);
                }
              });
}
