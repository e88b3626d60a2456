using System.Globalization;
using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Experiments;

/// <summary>Finds what of a declared A/B test could never be judged.</summary>
/// <param name="pipeline">The pipeline's name.</param>
internal sealed class ExperimentCheck(string pipeline)
{
    private const int LeastUnits = 2 * ExperimentJudge.LeastOfAnArm;
    private readonly List<Finding> _findings = [];

    /// <summary>All that is wrong with <paramref name="policy"/>; nothing of none.</summary>
    public IReadOnlyList<Finding> Of(ExperimentPolicy? policy)
    {
        if (policy == null)
        {
            return [];
        }

        Require(!string.IsNullOrWhiteSpace(policy.Metric), "no name", policy.Metric, ".Experiment(\"revenue\", …)");
        Require(IsHeader(policy.UnitHeader), "no header names the unit", policy.UnitHeader, ".Unit(header) of letters, digits and -");
        Require(policy.Percent is > 0 and < 100, "no share of units", policy.Percent, ".Share(…) above 0 and below 1");
        Require(policy.Detect > 0 && double.IsFinite(policy.Detect), "no effect to see", policy.Detect, ".Detect(…) above 0");
        Require(policy.Margin is null or > 0, "no margin", policy.Margin, "a margin above 0");
        Require(policy.Alpha is > 0 and < 0.5, "no probability of a false alarm", policy.Alpha, ".Risk(alpha: …) above 0 and below 0.5");
        Require(policy.Power is >= 0.5 and < 1, "no power", policy.Power, ".Risk(power: …) of at least 0.5 and below 1");
        Require(policy.Units is null or >= LeastUnits, "too few units", policy.Units, $"at least {LeastUnits}");
        Require(policy.Window > TimeSpan.Zero, "no time in which outcomes count", policy.Window.TotalSeconds, ".Window(…) above 0");
        Require(
            policy.Before is null || policy.Before > TimeSpan.Zero, "no time before", policy.Before?.TotalSeconds, ".Before(…) above 0");
        Require(policy.Cap is null or > 0, "no cap", policy.Cap, ".CapAt(…) above 0");
        Require(
            policy.Quantity != ExperimentQuantity.Ratio || (!string.IsNullOrWhiteSpace(policy.Per) && policy.Per != policy.Metric),
            "no metric to divide by", policy.Per, ".Per(…) of another metric");
        Require(double.IsFinite(policy.ExpectedMean ?? 0), "no mean", policy.ExpectedMean, ".Expecting(…) with a finite mean");
        Require(
            policy.ExpectedDeviation is null or > 0, "no deviation", policy.ExpectedDeviation, ".Expecting(…) with a deviation above 0");
        Require(
            !policy.Relative || policy.ExpectedMean is null or not 0, "no part of a mean of 0", policy.ExpectedMean,
            ".DetectAbsolute(…) in the metric's unit");
        return _findings;
    }

    // As HTTP has it (RFC 9110, 5.1), but for signs that nobody uses.
    private static bool IsHeader(string name) =>
        name.Length is > 0 and <= 100 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

    private void Require(bool condition, string what, double? value, string expected) =>
        Require(condition, what, value?.ToString(CultureInfo.InvariantCulture), expected);

    private void Require(bool condition, string what, string? value, string expected)
    {
        if (!condition)
        {
            _findings.Add(new(
                "MLB2075", "The A/B test cannot be judged as declared", $"pipeline {pipeline}",
                $"{what}{(value == null ? "" : $": {value}")}", expected, "correct it in .Experiment(…)"));
        }
    }
}
