package conductor.web;

/** A line of the script, with what stands on it; empty when nothing does. */
record ScriptLine(int number, String text, String stands, String status) {}
