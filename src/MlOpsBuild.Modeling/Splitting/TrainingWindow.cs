using System.Globalization;
using System.Text.Json.Serialization;
using MlOpsBuild.Data.Tables;

namespace MlOpsBuild.Modeling.Splitting;

/// <summary>
/// Which of the rows before the hold-out a model is trained on: all alike, the last days only, or newer ones with more weight.
/// </summary>
/// <param name="Days">The last days that are trained on; null for all.</param>
/// <param name="HalfLife">Days after which a row counts half, measured from the newest row; null where all count alike.</param>
public sealed record TrainingWindow(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Days = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? HalfLife = null)
{
    /// <summary>All rows, all alike.</summary>
    public static TrainingWindow All { get; } = new();

    /// <summary>Rows of the last <paramref name="days"/> days before the hold-out.</summary>
    public static TrainingWindow Last(int days) => new(Days: days);

    /// <summary>All rows; one that is <paramref name="halfLife"/> days older counts half.</summary>
    public static TrainingWindow Weighted(int halfLife) => new(HalfLife: halfLife);

    /// <summary>Reads <c>all</c>, <c>last:365</c> or <c>weighted:90</c>; null when it is none of them.</summary>
    public static TrainingWindow? Parse(string text) => text.Split(':') switch
    {
        ["all"] => All,
        ["last", var days] when Read(days) is { } number => Last(number),
        ["weighted", var days] when Read(days) is { } number => Weighted(number),
        _ => null,
    };

    /// <summary>In the form that <see cref="Parse"/> reads.</summary>
    public string Describe() => this switch
    {
        { Days: { } days } => string.Create(CultureInfo.InvariantCulture, $"last:{days}"),
        { HalfLife: { } days } => string.Create(CultureInfo.InvariantCulture, $"weighted:{days}"),
        _ => "all",
    };

    /// <summary>The rows of <paramref name="training"/> that are trained on.</summary>
    /// <param name="table">Rows; with times, unless all are taken alike.</param>
    /// <param name="training">Positions of rows that are not held out, in order of time.</param>
    internal WeightedRows Of(DataTable table, IReadOnlyList<int> training)
    {
        if (this == All || training.Count == 0)
        {
            return new(training, null);
        }

        var newest = table.Times[training[^1]];
        if (Days is { } days)
        {
            return new([.. training.Where(row => (newest.Date - table.Times[row].Date).TotalDays < days)], null);
        }

        return new(training, [.. training.Select(row => Math.Pow(2, -(newest - table.Times[row]).TotalDays / HalfLife!.Value))]);
    }

    private static int? Read(string days) =>
        int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
