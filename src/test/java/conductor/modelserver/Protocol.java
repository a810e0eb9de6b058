package conductor.modelserver;

/** The protocols in which agents ask a model. */
public enum Protocol {
  /** Anthropic Messages, asked by claude. */
  MESSAGES,
  /** OpenAI Responses, asked by codex. */
  RESPONSES,
  /** OpenAI Chat Completions, asked by opencode. */
  CHAT,
  /** Gemini generateContent and streamGenerateContent, asked by gemini. */
  GEMINI
}
