using MlOpsBuild.Reporting.Model;

namespace MlOpsBuild.Reporting.Charts;

/// <summary>One chart for each result that exists; a new kind of result adds a line here.</summary>
internal static class ReportCharts
{
    public static IReadOnlyList<Chart> Of(ReportInput input) =>
    [
        .. ((Chart?[])
        [
            RunsChart.Of(input.Run, input.Earlier),
            .. input is { Predictions: { } predictions, Contract: { Label.PersonalData: false } }
                ? predictions.Figures != null ? AnswerCharts.Of(predictions)
                    : predictions.Classes == null ? HoldOutCharts.Of(predictions)
                    : ClassCharts.Of(predictions)
                : [],
            .. input.Evidence.Explanation is { } explanation ? ExplanationCharts.Of(explanation) : [],
            input.Data is { Same: false, Difference: { } difference } ? DriftChart.Of(difference) : null,
            input.Run.AnswerTimes is { } times ? AnswerTimesChart.Of(times, input.Champion?.AnswerTimes) : null,
            input.Deployment is { } deployment ? CanaryChart.Of(deployment.Looks, deployment.Policy) : null,
        ]).OfType<Chart>(),
    ];
}
