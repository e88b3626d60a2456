using System.Text.Json.Serialization;
using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Experiments;

/// <summary>What an A/B test measures, what it must see, and how it is judged; all of it is said before it begins.</summary>
/// <param name="Metric">The business metric, as outcomes name it.</param>
public sealed record ExperimentPolicy(string Metric)
{
    /// <summary>What is made of a unit's outcomes.</summary>
    /// <value>Their sum.</value>
    public ExperimentQuantity Quantity { get; init; }

    /// <summary>The metric that a ratio is divided by; null of other quantities.</summary>
    public string? Per { get; init; }

    /// <summary>Which way the metric improves.</summary>
    /// <value>Higher is better.</value>
    public Direction Direction { get; init; } = Direction.HigherIsBetter;

    /// <summary>The smallest effect that must be seen, above 0: in the metric's unit, or as a part of its mean.</summary>
    /// <value>0.02.</value>
    public double Detect { get; init; } = 0.02;

    /// <summary>
    /// Up to which difference versions are the same, in the unit of <see cref="Detect"/>; null for as much as must be seen.
    /// </summary>
    public double? Margin { get; init; }

    /// <summary>Whether both are parts of the mean before the test.</summary>
    /// <value>true.</value>
    public bool Relative { get; init; } = true;

    /// <summary>Probability of seeing a difference where there is none.</summary>
    /// <value>0.05.</value>
    public double Alpha { get; init; } = 0.05;

    /// <summary>Probability of seeing the smallest effect that must be seen.</summary>
    /// <value>0.8.</value>
    public double Power { get; init; } = 0.8;

    /// <summary>When it says what it found.</summary>
    public ExperimentDesign Design { get; init; }

    /// <summary>Units of both arms after which it ends; null for as many as the power asks.</summary>
    public int? Units { get; init; }

    /// <summary>How long a unit's outcomes count, from its first request on.</summary>
    /// <value>7 days.</value>
    public TimeSpan Window { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long before the test the same outcomes are what is known of a unit before (CUPED); null uses nothing of it.</summary>
    /// <value>14 days.</value>
    public TimeSpan? Before { get; init; } = TimeSpan.FromDays(14);

    /// <summary>Request header that names the unit.</summary>
    /// <value><c>X-Unit-Id</c>.</value>
    public string UnitHeader { get; init; } = "X-Unit-Id";

    /// <summary>Percent of units that get the version on test.</summary>
    /// <value>50.</value>
    public double Percent { get; init; } = 50;

    /// <summary>Largest sum that counts of one unit: what is above is cut, in both arms; null for any.</summary>
    public double? Cap { get; init; }

    /// <summary>The mean of the metric that is expected, where no outcomes were seen before; else null.</summary>
    public double? ExpectedMean { get; init; }

    /// <summary>The standard deviation that is expected; null without a mean.</summary>
    public double? ExpectedDeviation { get; init; }

    /// <summary>The share of units with the version on test, in (0, 1).</summary>
    [JsonIgnore]
    public double Share => Percent / 100;

    /// <summary>The metric in words.</summary>
    [JsonIgnore]
    public string Name => Quantity switch
    {
        ExperimentQuantity.Conversion => $"share of units with {Metric}",
        ExperimentQuantity.Ratio => $"{Metric} per {Per}",
        _ => $"{Metric} per unit",
    };
}
