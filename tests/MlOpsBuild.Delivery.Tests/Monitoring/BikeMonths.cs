using System.Globalization;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Profiles;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Rows;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Delivery.Monitoring.Tests;

/// <summary>
/// A year of <c>hour.csv</c> as a team serves it: each month a table of the mean of hour and working day, trained on the months before,
/// with the last of them held out; and what the monitor says at the end of each day.
/// </summary>
internal sealed class BikeMonths
{
    private const int TrainedOn = 60;
    private const int HeldOut = 30;
    private readonly IReadOnlyList<(DateTime Time, bool Working, double Count)> _hours;

    public BikeMonths() => _hours =
    [
        .. File.ReadLines(RealData.HourFile!).Skip(1).Select(line => line.Split(',')).Select(cells => (
            DateTime.Parse(cells[1], CultureInfo.InvariantCulture).AddHours(Number(cells[5])), cells[8] == "1", Number(cells[16])))
    ];

    private static DataContract Contract { get; } = new("Bike",
    [
        new() { Rule = new("hr", Core.Fields.FieldKind.Whole), Property = "Hour" },
        new() { Rule = new("workingday", Core.Fields.FieldKind.Flag), Property = "WorkingDay" },
        new() { Rule = new("cnt", Core.Fields.FieldKind.Real), Property = "Count", Role = ColumnRole.Label },
    ]);

    /// <summary>What is said of a month of 2012, looked at every day: the first day on which it fails, and the last result.</summary>
    /// <param name="month">1 to 12.</param>
    /// <param name="world">What really happens, of what the file says; the file by default.</param>
    /// <param name="labelled">Whether labels come.</param>
    public (int? FailedOn, MonitorResult Last) Serve(int month, Func<DateTime, double, double>? world = null, bool labelled = true)
    {
        var start = new DateTime(2012, month, 1, 0, 0, 0, DateTimeKind.Utc);
        var table = Between(start.AddDays(-TrainedOn - HeldOut), start.AddDays(-HeldOut))
            .GroupBy(hour => (hour.Time.Hour, hour.Working)).ToDictionary(cell => cell.Key, cell => cell.Average(hour => hour.Count));
        List<LabelledRow> holdOut = [.. Between(start.AddDays(-HeldOut), start).Select(hour =>
            new LabelledRow(new() { ["hr"] = hour.Time.Hour, ["workingday"] = hour.Working }, hour.Count, Predict(hour)))];
        var judge = new MonitorJudge(new(
            "Bike", "local", Contract, new DataProfile(0, []), holdOut, LossReference.Of(RowLoss.AbsoluteError, null, holdOut), ["hr"],
            new MonitorPolicy { Window = TimeSpan.FromDays(31) }, new()));
        var month31 = Between(start, start.AddMonths(1)).ToList();
        ServedRows rows = new(
            1, [.. month31.Select(hour => DateTime.SpecifyKind(hour.Time, DateTimeKind.Utc))], [.. month31.Select(Predict)],
            [.. month31.Select(hour => labelled ? world?.Invoke(hour.Time, hour.Count) ?? hour.Count : double.NaN)],
            new Dictionary<string, double[]>
            {
                ["hr"] = [.. month31.Select(hour => (double)hour.Time.Hour)],
                ["workingday"] = [.. month31.Select(hour => hour.Working ? 1.0 : 0)],
            });
        int? failed = null;
        MonitorResult? last = null;
        for (var day = 1; day <= DateTime.DaysInMonth(2012, month); day++)
        {
            last = judge.Judge(rows.Between(start, start.AddDays(day)), start.AddDays(day));
            failed ??= last.Verdict == Core.Verdict.Failed ? day : null;
        }

        return (failed, last!);

        Prediction Predict((DateTime Time, bool Working, double Count) hour) =>
            table.GetValueOrDefault((hour.Time.Hour, hour.Working), table.Values.Average());
    }

    /// <summary>The mean loss of a month of 2012 over that of its hold-out.</summary>
    public double RiseIn(int month)
    {
        var evidence = Serve(month).Last.Aspects.Single(aspect => aspect.Name == "loss").Evidence.Split(' ', ',');
        return Number(evidence[1]) / Number(evidence[Array.IndexOf(evidence, "days") + 2]);
    }

    private IEnumerable<(DateTime Time, bool Working, double Count)> Between(DateTime from, DateTime until) =>
        _hours.Where(hour => hour.Time >= from && hour.Time < until);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
