using System.Globalization;
using MlOpsBuild.Core;

namespace MlOpsBuild.Scoring.Protocol;

/// <summary>What a unit did that matters to the business: an order, a click, a complaint.</summary>
/// <param name="Unit">The unit, as requests name it.</param>
/// <param name="Metric">What it did, for example <c>revenue</c>.</param>
public sealed record Outcome(string Unit, string Metric)
{
    /// <summary>Longest name of a unit, a metric or an event.</summary>
    public const int LongestName = 256;

    /// <summary>How much of it; null is 1.</summary>
    public double? Value { get; init; }

    /// <summary>The event's own name, for example that of the order: what is sent twice counts once. Null without one.</summary>
    public string? Id { get; init; }

    /// <summary>What is wrong with it, as the one at <paramref name="index"/> of those that were sent; empty when it can be kept.</summary>
    public IReadOnlyList<Finding> Problems(int index)
    {
        var problems = new List<Finding>();
        Require(IsName(Unit), "unit", Unit, "the unit, as requests name it");
        Require(IsName(Metric), "metric", Metric, "what it did, for example revenue");
        Require(Id == null || IsName(Id), "id", Id, "the event's own name, or none");
        Require(double.IsFinite(Value ?? 1), "value", Value?.ToString(CultureInfo.InvariantCulture), "a finite number");
        return problems;

        void Require(bool condition, string part, string? value, string expected)
        {
            if (!condition)
            {
                problems.Add(new(
                    "MLB2230", "Not an outcome", string.Create(CultureInfo.InvariantCulture, $"outcome {index + 1}, {part}"),
                    value == null ? null : Excerpt.Of(value), $"{expected}, of at most {LongestName} characters",
                    """send {"unit": "…", "metric": "revenue", "value": 12.5, "id": "…"}, or a list of them"""));
            }
        }
    }

    private static bool IsName(string? name) => name is { Length: > 0 and <= LongestName } && !string.IsNullOrWhiteSpace(name);
}
