using MlOpsBuild.Reporting.Operations;
using static System.FormattableString;

namespace MlOpsBuild.Reporting.Charts;

/// <summary>Quality of versions, one after the other, with its intervals.</summary>
public static class QualityChart
{
    private const int MostVersions = 50;

    /// <summary>The chart; null with fewer than two versions.</summary>
    public static Chart? Of(IReadOnlyList<QualityPoint> quality)
    {
        var shown = quality.TakeLast(MostVersions).ToList();
        return shown.Count < 2 ? null : new()
        {
            Title = $"{shown[^1].Metric} of each version on its own hold-out", Form = ChartForm.Lines,
            Marks = [.. shown.Select((point, index) => new ChartMark(index, Invariant($"v{point.Version}")))],
            Series =
            [
                new(
                    shown[^1].Metric, [.. shown.Select((point, index) => new ChartPoint(index, point.Value, point.Lower, point.Upper))]),
            ],
        };
    }
}
