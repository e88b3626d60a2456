namespace MlOpsBuild.Reporting.Pages;

/// <summary>A piece of where a model came from, in words.</summary>
/// <param name="What">For example <c>commit</c>.</param>
/// <param name="Value">In words.</param>
/// <param name="Link">An address to look at, or null.</param>
public sealed record LineageRow(string What, string Value, string? Link);
