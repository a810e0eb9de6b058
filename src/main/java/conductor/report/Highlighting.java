package conductor.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/**
 * The script that colours code in a page: highlight.js with Groovy, and what hands it the lines. It
 * is the same in every page, so that the page can name it by its hash and forbid any other script.
 *
 * @param script has no word of a run
 * @param hash as a content security policy names it
 */
public record Highlighting(String script, String hash) {

  private static final String LIBRARY = "/META-INF/resources/webjars/highlightjs/11.11.1/";

  /**
   * Colours the lines of the script and, once they are seen, of the files that changed: those
   * before and those after by themselves. A line keeps its text; what highlight.js returns is
   * escaped. On a live page what was written anew has lost the mark that it is seen, and is
   * coloured again.
   */
  private static final String LINES =
      """
      (() => {
        const most = 300000;
        const names = {gradle: 'groovy', h: 'c', hpp: 'cpp', jte: 'xml', mjs: 'js', tsx: 'ts', jsx: 'js'};
        const paint = (cells, language) => {
          const text = cells.map(cell => cell.textContent.replace(/\\n$/, '')).join('\\n');
          if (cells.length === 0 || text.length > most) return;
          const lines = hljs.highlight(text, {language, ignoreIllegals: true}).value.split('\\n');
          if (lines.length !== cells.length) return;
          const open = [];
          cells.forEach((cell, n) => {
            const before = open.join('');
            for (const [tag] of lines[n].matchAll(/<span[^>]*>|<[/]span>/g)) {
              if (tag.startsWith('</')) open.pop(); else open.push(tag);
            }
            cell.innerHTML = before + lines[n] + '</span>'.repeat(open.length);
          });
        };
        const file = details => {
          const end = details.dataset.path.split('.').pop().toLowerCase();
          const language = names[end] ?? end;
          if (!hljs.getLanguage(language)) return;
          for (const hunk of details.querySelectorAll('.unified tbody')) {
            const cells = rows => [...hunk.querySelectorAll(rows)];
            paint(cells('tr:not(.hunk, .added, .note) > .c'), language);
            paint(cells('tr:not(.hunk, .removed, .note) > .c'), language);
          }
          for (const hunk of details.querySelectorAll('.split tbody')) {
            const cells = side => [...hunk.querySelectorAll('.c.' + side + ':not(.note)')];
            paint(cells('left'), language);
            paint(cells('right'), language);
          }
        };
        const seen = new IntersectionObserver(entries => {
          for (const entry of entries) {
            if (entry.isIntersecting && entry.target.open) {
              seen.unobserve(entry.target);
              file(entry.target);
            }
          }
        });
        const look = () => {
          for (const details of document.querySelectorAll('.diffs .file:not([data-seen])')) {
            details.dataset.seen = '';
            seen.observe(details);
            details.addEventListener('toggle', () => { seen.unobserve(details); seen.observe(details); });
          }
          for (const script of document.querySelectorAll(':is(.script, .source):not([data-seen])')) {
            script.dataset.seen = '';
            const java = script.dataset.path.endsWith('.java');
            paint([...script.querySelectorAll('.l')], java ? 'java' : 'groovy');
          }
        };
        look();
        if (document.querySelector('turbo-stream-source')) {
          new MutationObserver(look).observe(document.body, {subtree: true, childList: true, attributeFilter: ['data-seen']});
        }
      })();
      """;

  /** Returns the script, which is read from the library's jar. */
  public static Highlighting read() {
    String script = library("highlight.min.js") + library("languages/groovy.min.js") + LINES;
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return new Highlighting(script, "sha256-" + Base64.getEncoder().encodeToString(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String library(String name) {
    try (InputStream file =
        Objects.requireNonNull(Highlighting.class.getResourceAsStream(LIBRARY + name), name)) {
      // in a string or an expression the same, but nothing that HTML looks for in a script
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
              .replaceAll("<(?=!--|/?script)", "\\\\x3c")
          + ";\n";
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }
}
