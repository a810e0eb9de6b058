package conductor.web;

/** A page of the navigation. */
record Link(String href, String text, String section) {}
