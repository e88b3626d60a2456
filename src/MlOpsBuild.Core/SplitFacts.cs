using System.Text.Json.Serialization;

namespace MlOpsBuild.Core;

/// <summary>What must be known of a split later, to tell which rows a model was not trained on.</summary>
public sealed record SplitFacts
{
    /// <summary>What was held out, in words that say all of it.</summary>
    public required string HoldOut { get; init; }

    /// <summary>Seed of what was drawn.</summary>
    public long Seed { get; init; }

    /// <summary>Time of the last training row, where rows have times.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTime? Through { get; init; }

    /// <summary>Time of the first held-out row.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTime? From { get; init; }

    /// <summary>Time of the last held-out row.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTime? To { get; init; }

    /// <summary>By stratum, the place from which rows were for training.</summary>
    public SortedDictionary<string, double> Cuts { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Whether free texts were part of what places rows in a draw.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool DrawnWithTexts { get; init; }

    /// <summary>What was held out, with its times.</summary>
    public string Describe() => From is { } from && To is { } to
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{HoldOut}, {from:yyyy-MM-dd} to {to:yyyy-MM-dd}")
        : HoldOut;
}
