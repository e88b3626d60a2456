using MlOpsBuild.Data.Tables;

namespace MlOpsBuild.Modeling.Evaluation;

/// <summary>Predictions of the baselines.</summary>
internal static class BaselinePredictor
{
    public static string NameOf(Baseline baseline) => baseline == Baseline.SameHourLastWeek ? "same hour last week" : "training mean";

    public static double[] Predict(Baseline baseline, DataTable table, IReadOnlyList<int> training, IReadOnlyList<int> heldOut)
    {
        var mean = training.Count > 0 ? training.Sum(position => table.Label[position]) / training.Count : double.NaN;
        if (baseline == Baseline.TrainingMean)
        {
            return [.. heldOut.Select(_ => mean)];
        }

        var byTime = new Dictionary<DateTime, double>();
        for (var i = 0; i < table.Rows; i++)
        {
            byTime[table.Times[i]] = table.Label[i];
        }

        return [.. heldOut.Select(position => Enumerable.Range(1, 4)
            .Select(weeks => (table.Times[position] - DateTime.MinValue).TotalDays >= 7 * weeks && byTime.TryGetValue(table.Times[position].AddDays(-7 * weeks), out var label) ? label : double.NaN)
            .FirstOrDefault(label => !double.IsNaN(label), mean))];
    }
}
