using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Fairness;

/// <summary>
/// Declares which gaps between groups a candidate may have. Rates that no limit is declared for are reported all the same.
/// </summary>
public sealed class FairnessBuilder
{
    private readonly Dictionary<FairnessRate, double> _limits = [];
    private readonly List<Finding> _findings = [];
    private int _rows = FairnessSpec.UsualMinimumRows;

    internal FairnessBuilder()
    {
    }

    internal IReadOnlyList<Finding> Findings => _findings;

    /// <summary>Shares of rows said to be positive are apart by no more than <paramref name="gapAtMost"/>, in (0, 1).</summary>
    public FairnessBuilder SelectionRate(double gapAtMost) => With(FairnessRate.Selection, gapAtMost);

    /// <summary>Shares of positive rows that are found are apart by no more than <paramref name="gapAtMost"/>, in (0, 1).</summary>
    public FairnessBuilder TruePositiveRate(double gapAtMost) => With(FairnessRate.TruePositive, gapAtMost);

    /// <summary>Shares of negative rows said to be positive are apart by no more than <paramref name="gapAtMost"/>, in (0, 1).</summary>
    public FairnessBuilder FalsePositiveRate(double gapAtMost) => With(FairnessRate.FalsePositive, gapAtMost);

    /// <summary>Groups with fewer rows that count for a rate are named and not judged; 30 when left out.</summary>
    public FairnessBuilder MinimumRows(int rows)
    {
        _rows = rows;
        return rows > 0 ? this : Wrong(nameof(MinimumRows), rows, "1 or more");
    }

    internal FairnessSpec Of(string column) => new(column) { Limits = _limits, MinimumRows = _rows };

    private FairnessBuilder With(FairnessRate rate, double limit)
    {
        _limits[rate] = limit;
        return limit is > 0 and < 1 ? this : Wrong($"{rate}Rate", limit, "a gap above 0 and below 1, for example 0.1");
    }

    private FairnessBuilder Wrong(string where, double value, string expected)
    {
        _findings.Add(new(
            "MLB2051", "No fairness can be judged so", $".Fairness(…, f => f.{where}(…))", FormattableString.Invariant($"{value}"),
            expected, "correct the value"));
        return this;
    }
}
