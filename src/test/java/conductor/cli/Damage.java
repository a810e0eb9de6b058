package conductor.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/** A way in which a file of the state directory can be wrong. */
enum Damage {
  TRUNCATED,
  EMPTIED,
  NULL,
  FLIPPED,
  OTHER_TYPE,
  DEEP,
  NEWER,
  DIRECTORY,
  UNREADABLE,
  DELETED;

  /** Does it to a file. */
  void to(Path file, Random random) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    switch (this) {
      case TRUNCATED ->
          Files.write(file, Arrays.copyOf(bytes, random.nextInt(Math.max(1, bytes.length))));
      case EMPTIED -> Files.write(file, new byte[0]);
      case NULL -> Files.writeString(file, "null");
      case FLIPPED -> Files.write(file, flipped(bytes, random));
      case OTHER_TYPE -> Files.writeString(file, random.nextBoolean() ? "[1, \"x\"]\n" : "17\n");
      case DEEP -> Files.writeString(file, "{\"v\":" + "[".repeat(5000) + "]".repeat(5000) + "}\n");
      case NEWER -> Files.writeString(file, newer(new String(bytes, StandardCharsets.UTF_8)));
      case DIRECTORY -> {
        Files.delete(file);
        Files.createDirectory(file);
      }
      case UNREADABLE -> {
        Files.delete(file); // a link to itself: root cannot read it either
        Files.createSymbolicLink(file, file);
      }
      case DELETED -> Files.delete(file);
    }
  }

  private static byte[] flipped(byte[] bytes, Random random) {
    byte[] flipped = bytes.clone();
    for (int n = 0; bytes.length > 0 && n < 1 + bytes.length / 50; n++) {
      flipped[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return flipped;
  }

  private static String newer(String text) {
    String newer =
        text.replaceFirst("\"v\"\\s*:\\s*1\\b", "\"v\":99").replaceFirst("^v=1\n", "v=99\n");
    return newer.equals(text) ? text + "\n{\"v\":99}\n" : newer;
  }
}
