package conductor.run.execution;

import java.time.Instant;

/**
 * An event of a run that people are told of; as JSON what commands and webhooks get.
 *
 * @param event {@code waits}, {@code done}, {@code failed} or {@code stopped}
 * @param name the workflow's name
 * @param text one line for people, without secrets
 */
record Notification(int v, String event, String run, String name, String text, Instant at) {

  static final int FORMAT = 1;
}
