package conductor.error;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;

/** Says in words why an operation of the operating system failed. */
public final class Reason {

  private Reason() {}

  /**
   * Returns the reason of an error. Many of Java's errors have only a file's name for a message and
   * say the rest by their class; others have no message.
   *
   * @return such as {@code permission denied}; not blank, and without names of Java's classes where
   *     their meaning is known
   */
  public static String of(IOException error) {
    return switch (error) {
      case AccessDeniedException _ -> "permission denied";
      case NoSuchFileException _ -> "no such file or directory";
      case FileAlreadyExistsException _ -> "it exists already";
      case DirectoryNotEmptyException _ -> "the directory is not empty";
      case NotDirectoryException _ -> "not a directory";
      case NotLinkException _ -> "not a symbolic link";
      case FileSystemLoopException _ -> "its symbolic links lead back to it";
      case FileSystemException other when other.getReason() != null -> other.getReason();
      default ->
          error.getMessage() == null || error.getMessage().isBlank()
              ? error.getClass().getSimpleName()
              : error.getMessage();
    };
  }
}
