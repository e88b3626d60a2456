using MlOpsBuild.Delivery.Experiments;
using MlOpsBuild.Modeling.Experiments;

namespace MlOpsBuild.Reporting.Model;

/// <summary>The newest A/B test of the pipeline.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Environment">Where.</param>
/// <param name="Version">The version on test.</param>
/// <param name="From">The version that serves beside it.</param>
/// <param name="Metric">What is measured, in words.</param>
/// <param name="Decision">How it ended; Open while it goes on.</param>
/// <param name="Look">The last look, or null.</param>
/// <param name="Lines">The same in words.</param>
public sealed record ReportExperiment(
    string Id, string Environment, int Version, int From, string Metric, ExperimentDecision Decision, ExperimentLook? Look,
    IReadOnlyList<string> Lines)
{
    /// <summary>Its arms; null where nobody looked.</summary>
    public ReportTable? Arms { get; init; }

    /// <summary>Of a test and the last look at it.</summary>
    public static ReportExperiment Of(ExperimentRecord record, ExperimentLook? look) => new(
        record.Id, record.Environment, record.Version, record.From, record.Policy.Name, record.Decision, look,
        [
            ExperimentText.Head(record), .. look == null ? [] : ExperimentText.Lines(record, look),
            look == null ? "nobody looked yet: ./build.sh Experiment" : $"{ReportText.Words(look.Verdict)}: {look.Reason}",
        ])
    {
        Arms = look == null ? null : ExperimentText.Table(record, look),
    };
}
