using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Splitting;
using MlOpsBuild.Modeling.Training;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Evaluation;

/// <summary>Predictions of the baselines.</summary>
internal static class BaselinePredictor
{
    public static string NameOf(Baseline baseline) => baseline switch
    {
        Baseline.SameHourLastWeek => "same hour last week",
        Baseline.TrainingMean => "training mean",
        Baseline.TrainingMedian => "training median",
        Baseline.ClassShares => "class shares",
        _ => "majority class",
    };

    /// <summary>Whether it predicts such a target from rows of such a contract.</summary>
    public static bool Suits(Baseline baseline, ClassSet? classes, DataContract contract) => baseline switch
    {
        Baseline.ClassShares or Baseline.MajorityClass => classes != null,
        Baseline.SameHourLastWeek => classes == null && contract.Columns.Any(column => column.Timestamp == TimestampPart.Day),
        _ => classes == null,
    };

    /// <summary>Its predictions of the held-out rows.</summary>
    public static IReadOnlyList<Prediction> Predict(Baseline baseline, DataTable table, Split split, TargetSpec target)
    {
        var labels = target.KnownOf(table);
        var known = split.Training.Select(row => labels[row]).ToArray();
        return baseline switch
        {
            Baseline.SameHourLastWeek => LastWeek(table, split, Mean(known)),
            Baseline.TrainingMean => Same(Mean(known)),
            Baseline.TrainingMedian => Same(known.Length > 0 ? Quantile.Median(known) : double.NaN),
            _ => Same(Shares(known, target.Classes!, baseline == Baseline.MajorityClass)),
        };

        IReadOnlyList<Prediction> Same(Prediction prediction) => [.. split.HeldOut.Select(_ => prediction)];
    }

    private static double Mean(double[] labels) => labels.Length > 0 ? labels.Sum() / labels.Length : double.NaN;

    private static Prediction Shares(double[] labels, ClassSet classes, bool majority)
    {
        var shares = new double[classes.Names.Count];
        foreach (var label in labels)
        {
            shares[(int)label] += 1.0 / labels.Length;
        }

        var most = Array.IndexOf(shares, shares.Max());
        shares = majority ? [.. shares.Select((_, position) => position == most ? 1.0 : 0)] : shares;
        return classes.IsBinary ? new(shares[1]) : new(shares);
    }

    private static IReadOnlyList<Prediction> LastWeek(DataTable table, Split split, double mean)
    {
        var byTime = new Dictionary<DateTime, double>();
        for (var i = 0; i < table.Rows; i++)
        {
            byTime[table.Times[i]] = table.Label[i];
        }

        return [.. split.HeldOut.Select(row => (Prediction)Enumerable.Range(1, 4)
            .Select(weeks => (table.Times[row] - DateTime.MinValue).TotalDays >= 7 * weeks
                && byTime.TryGetValue(table.Times[row].AddDays(-7 * weeks), out var label)
                ? label
                : double.NaN)
            .FirstOrDefault(label => !double.IsNaN(label), mean))];
    }
}
