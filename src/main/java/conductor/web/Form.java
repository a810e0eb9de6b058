package conductor.web;

/**
 * What all forms of a page send.
 *
 * @param writes the token without which nothing is changed
 * @param back the address of the page, which is shown again afterwards
 */
record Form(String writes, String back) {}
