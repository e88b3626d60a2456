using MlOpsBuild.Core;
using MlOpsBuild.Data.Profiles;
using MlOpsBuild.Modeling.Statistics;
using static System.FormattableString;

namespace MlOpsBuild.Delivery.Monitoring;

/// <summary>
/// Looks whether requests are made as training rows were: a column that training rows had and requests lack is a fault of whoever sends
/// them, at whatever season. Values that training never saw are told: where time goes on, some are to be expected.
/// </summary>
internal sealed class SkewCheck(MonitorInput input)
{
    private const double Trust = 0.05;

    public MonitorAspect Judge(ServedRows window)
    {
        var columns = input.Profile.Columns
            .Where(column => column.Count > 0 && window.Columns.ContainsKey(column.Name) && !IsTold(column.Name))
            .ToList();
        if (window.Count == 0 || columns.Count == 0)
        {
            return new("skew", Verdict.Inconclusive, "no row has a column that training rows had");
        }

        // Each column is judged at a part of the whole error, so that many columns make no more false alarms than one.
        var alpha = Trust / columns.Count;
        var lacking = columns.Select(column => Lacking(column, window, alpha)).ToList();
        var worse = lacking.Where(column => column.Lower > column.Tolerated).ToList();
        var beyond = columns.Select(column => (column.Name, Share: Beyond(column, window.Columns[column.Name])))
            .Where(column => column.Share > 0).OrderByDescending(column => column.Share).ToList();
        var told = beyond.Count == 0 ? "" : Invariant($"; beyond what training saw: {string.Join(", ", beyond.Take(3).Select(column => Invariant($"{column.Name} in {column.Share:0.##%} of rows")))}");
        return worse.Count > 0
            ? new("skew", Verdict.Failed, string.Join(", ", worse.Select(column => Invariant($"{column.Name} is missing in {column.Share:0.##%} of rows, {column.InTraining:0.##%} in training"))) + told)
            : new(
                "skew", lacking.TrueForAll(column => column.Upper <= column.Tolerated) ? Verdict.Passed : Verdict.Inconclusive,
                Invariant($"{columns.Count} columns are there as often as in training{told}"));
    }

    private (string Name, double Share, double InTraining, double Tolerated, double Lower, double Upper) Lacking(
        ColumnProfile column, ServedRows window, double alpha)
    {
        var missing = window.Columns[column.Name].Count(double.IsNaN);
        var inTraining = (double)column.Missing / (column.Count + column.Missing);
        return (
            column.Name, (double)missing / window.Count, inTraining, inTraining + input.Policy.ToleratedRate,
            RateBound.Lower(missing, window.Count, alpha), RateBound.Upper(missing, window.Count, alpha));
    }

    // Where the gateway looks values up, the moment of a request is now: nobody need send it.
    private bool IsTold(string name) => input.Contract.Views is { Count: > 0 }
        && input.Contract.Columns.Any(column => column.Name == name && column.Timestamp != null);

    private static double Beyond(ColumnProfile column, double[] values) =>
        (double)values.Count(value => value < column.Minimum || value > column.Maximum) / values.Length;
}
