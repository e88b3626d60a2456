using MlOpsBuild.Scoring;

namespace MlOpsBuild.Delivery.Monitoring;

/// <summary>What one version answered, row by row in the order of time, and what became known of it.</summary>
/// <param name="Version">The version.</param>
/// <param name="Times">When each row was answered, UTC.</param>
/// <param name="Predictions">What was answered.</param>
/// <param name="Labels">What really happened; NaN where that is not known yet.</param>
/// <param name="Columns">Features by column: numbers as files hold them, NaN where missing; no personal data.</param>
public sealed record ServedRows(
    int Version, IReadOnlyList<DateTime> Times, IReadOnlyList<Prediction> Predictions, IReadOnlyList<double> Labels,
    IReadOnlyDictionary<string, double[]> Columns)
{
    /// <summary>A version that answered nothing yet.</summary>
    public static ServedRows None(int version) => new(version, [], [], [], new Dictionary<string, double[]>());

    /// <summary>When requests were refused since they broke the contract, UTC.</summary>
    public IReadOnlyList<DateTime> Refused { get; init; } = [];

    /// <summary>When requests got no prediction although they may have kept it, UTC.</summary>
    public IReadOnlyList<DateTime> Failed { get; init; } = [];

    /// <summary>Rows.</summary>
    public int Count => Times.Count;

    /// <summary>Rows whose label is known.</summary>
    public int Labelled => LabelledRows.Count();

    /// <summary>Positions of those rows.</summary>
    public IEnumerable<int> LabelledRows => Enumerable.Range(0, Count).Where(row => !double.IsNaN(Labels[row]));

    /// <summary>The rows from <paramref name="from"/> on and before <paramref name="until"/>.</summary>
    public ServedRows Between(DateTime from, DateTime until)
    {
        int[] kept = [.. Enumerable.Range(0, Count).Where(row => IsWithin(Times[row]))];
        return new(
            Version, [.. kept.Select(row => Times[row])], [.. kept.Select(row => Predictions[row])], [.. kept.Select(row => Labels[row])],
            Columns.ToDictionary(column => column.Key, column => kept.Select(row => column.Value[row]).ToArray()))
        {
            Refused = [.. Refused.Where(IsWithin)], Failed = [.. Failed.Where(IsWithin)],
        };

        bool IsWithin(DateTime time) => time >= from && time < until;
    }
}
