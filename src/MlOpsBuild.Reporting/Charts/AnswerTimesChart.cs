using MlOpsBuild.Core;

namespace MlOpsBuild.Reporting.Charts;

/// <summary>How fast the candidate answers, beside the champion.</summary>
internal static class AnswerTimesChart
{
    public static Chart Of(AnswerTimes candidate, AnswerTimes? champion) => new()
    {
        Title = "Answer times in the contract test, ms",
        Form = ChartForm.Bars,
        Marks = [new(0, "median"), new(1, "95 %"), new(2, "99 %")],
        Series = [Series("candidate", candidate), .. champion == null ? Array.Empty<ChartSeries>() : [Series("champion", champion)]],
    };

    private static ChartSeries Series(string name, AnswerTimes times) =>
        new(name, [new(0, times.Median), new(1, times.P95), new(2, times.P99)]);
}
