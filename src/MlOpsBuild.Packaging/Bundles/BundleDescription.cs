using System.Text.Json.Serialization;
using MlOpsBuild.Core;

namespace MlOpsBuild.Packaging.Bundles;

/// <summary>What a bundle says of itself: the config of its manifest. Holds nothing that differs between two equal runs.</summary>
public sealed record BundleDescription
{
    /// <summary>The pipeline.</summary>
    public required string Pipeline { get; init; }

    /// <summary>Digest of the training data.</summary>
    public required Digest Data { get; init; }

    /// <summary>Whether the data was simulated.</summary>
    public required bool Simulated { get; init; }

    /// <summary>What the model was trained on, and what was held out.</summary>
    public required SplitFacts Split { get; init; }

    /// <summary>The classes it tells apart; empty where it predicts numbers.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>Hold-out metrics.</summary>
    public required IReadOnlyList<MetricValue> Metrics { get; init; }

    /// <summary>What people say of it; null when nobody said anything.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CardStatement? Card { get; init; }

    /// <summary>Pipeline parameters.</summary>
    public required SortedDictionary<string, string> Parameters { get; init; }
}
