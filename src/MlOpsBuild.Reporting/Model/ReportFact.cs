namespace MlOpsBuild.Reporting.Model;

/// <summary>A piece of where a model came from.</summary>
/// <param name="What">For example <c>commit</c>.</param>
/// <param name="Value">In words.</param>
/// <param name="Link">Where to look at it, or null.</param>
public sealed record ReportFact(string What, string Value, Uri? Link = null);
