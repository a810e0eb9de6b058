package conductor.handlers.forge.github;

import conductor.journal.Redactor;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;

/**
 * The parts of a connection to one GitHub site.
 *
 * @param whole the directory for texts that are too long for GitHub
 * @param secrets the secrets that must not be posted
 * @param renamed the repositories whose new names were reported to the user already
 */
public record Connection(
    GitHubSite site,
    GitHubTokens tokens,
    HttpClient http,
    Limits limits,
    Path whole,
    Redactor secrets,
    InstantSource clock,
    Set<Slug> renamed) {}
