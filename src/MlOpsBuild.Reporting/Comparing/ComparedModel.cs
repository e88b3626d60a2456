using MlOpsBuild.Core;

namespace MlOpsBuild.Reporting.Comparing;

/// <summary>One of several models that are compared.</summary>
/// <param name="Name">What it was asked for by, for example <c>v3</c>.</param>
/// <param name="Run">The run that made it.</param>
/// <param name="Started">When that began.</param>
/// <param name="Trainer">The trainer and its settings; null for runs of before it was recorded.</param>
/// <param name="Metrics">Its metrics on its hold-out, with intervals.</param>
public sealed record ComparedModel(
    string Name, string Run, DateTimeOffset Started, string? Trainer, IReadOnlyList<MetricValue> Metrics)
{
    /// <summary>What is other than in the first model: features, parameters, data, code, each by its name; empty for the first.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];

    /// <summary>How it differs from the first; empty for the first.</summary>
    public IReadOnlyList<ModelDifference> Differences { get; init; } = [];
}
