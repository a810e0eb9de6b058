package conductor.handlers.forge.github;

import conductor.journal.Redactor;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;

/**
 * How a GitHub is spoken to.
 *
 * @param whole the directory for texts that GitHub does not take as a whole
 * @param secrets that are not posted
 * @param renamed the repositories of whose new names the user was told
 */
public record Connection(
    Site site,
    Tokens tokens,
    HttpClient http,
    Limits limits,
    Path whole,
    Redactor secrets,
    InstantSource clock,
    Set<Slug> renamed) {}
