namespace MlOpsBuild.Scoring.Prompts;

/// <summary>A message of a conversation with a language model.</summary>
/// <param name="Role">Who says it: <c>system</c>, <c>user</c> or <c>assistant</c>.</param>
/// <param name="Text">What is said.</param>
public sealed record PromptMessage(string Role, string Text);
