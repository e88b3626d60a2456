using MlOpsBuild.Delivery.Experiments;
using MlOpsBuild.Modeling.Experiments;
using static System.FormattableString;

namespace MlOpsBuild.Reporting.Model;

/// <summary>An A/B test in words: the same in the build's output, the report and the dashboard.</summary>
public static class ExperimentText
{
    /// <summary>What it is, in one line.</summary>
    public static string Head(ExperimentRecord record) => Invariant(
        $"A/B test {record.Id}: v{record.Version} against v{record.From} on {record.Environment} by {record.Policy.Name}, {record.Policy.Percent:0.##} % of units, {Design(record.Policy)}, since {record.Started.UtcDateTime:yyyy-MM-dd HH:mm} UTC{Ended(record)}");

    /// <summary>Its arms.</summary>
    public static ReportTable Table(ExperimentRecord record, ExperimentLook look) => new(
        ["arm", "version", "units", record.Policy.Name],
        [
            ["control", Invariant($"v{record.From}"), Invariant($"{look.Ratio.Control:N0}"), ReportText.Number(look.Estimate?.Control)],
            [
                "treatment", Invariant($"v{record.Version}"), Invariant($"{look.Ratio.Treatment:N0}"),
                ReportText.Number(look.Estimate?.Treatment),
            ],
        ]);

    /// <summary>Split and difference, a line each.</summary>
    public static IReadOnlyList<string> Lines(ExperimentRecord record, ExperimentLook look) =>
    [
        Invariant($"split: {record.Policy.Percent:0.##} % asked for, χ² p = {look.Ratio.Probability:G2}, e-value {look.Ratio.Evidence:G2} (broken above {1 / ExperimentRatio.Level:N0})"),
        Invariant($"units: {look.Complete:N0} complete of {look.Planned:N0} that it was made for"),
        .. Difference(record, look),
    ];

    private static IEnumerable<string> Difference(ExperimentRecord record, ExperimentLook look)
    {
        if (look.Estimate is not { } estimate)
        {
            yield break;
        }

        var part = estimate.Control == 0 ? ""
            : Invariant($" ({estimate.Difference / Math.Abs(estimate.Control):+0.##%;-0.##%;0%})");
        var evidence = estimate.Evidence is { } value ? Invariant($", e-value {value:G3}") : "";
        yield return Invariant(
            $"difference: {estimate.Difference:+0.####;-0.####;0}{part} [{estimate.Interval.Lower:G4}, {estimate.Interval.Upper:G4}] at {estimate.Interval.Confidence:0.#%}{(record.Policy.Design == ExperimentDesign.AlwaysValid ? " over all looks" : "")}{evidence}; what was known before explains {1 - estimate.VarianceLeft:0 %} of the variance");
    }

    private static string Design(ExperimentPolicy policy) =>
        policy.Design == ExperimentDesign.AlwaysValid ? "valid at any look" : "fixed horizon";

    private static string Ended(ExperimentRecord record) => record.Ended is { } ended
        ? Invariant($"; ended {ended.UtcDateTime:yyyy-MM-dd HH:mm} by {record.EndedBy} ({ReportText.Words(record.Decision)}): {record.Reason}")
        : "";
}
