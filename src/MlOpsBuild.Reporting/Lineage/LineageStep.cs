namespace MlOpsBuild.Reporting.Lineage;

/// <summary>One thing a served version comes from.</summary>
/// <param name="Kind">What it is, for example <c>data</c>.</param>
/// <param name="Name">Its name: a version, a digest, a commit.</param>
/// <param name="Facts">What is known of it, in order.</param>
/// <param name="From">What it was made from.</param>
public sealed record LineageStep(
    string Kind, string Name, IReadOnlyList<KeyValuePair<string, string>> Facts, IReadOnlyList<LineageStep> From);
