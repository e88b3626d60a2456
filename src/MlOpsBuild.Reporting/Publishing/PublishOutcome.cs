namespace MlOpsBuild.Reporting.Publishing;

/// <summary>Which way a report went, and why not a better one.</summary>
/// <param name="Way">For example <c>comment</c>, <c>commit status</c>, <c>step summary</c>.</param>
/// <param name="Text">What happened, in words.</param>
/// <param name="Fell">Whether it is a lower rung than was wanted.</param>
public sealed record PublishOutcome(string Way, string Text, bool Fell);
