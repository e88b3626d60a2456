namespace MlOpsBuild.Components.Caching;

/// <summary>What is to be known of a target's outputs besides their content.</summary>
/// <param name="Programs">Those that may be executed, by path from the root on.</param>
internal sealed record TargetResult(IReadOnlyList<string> Programs);
