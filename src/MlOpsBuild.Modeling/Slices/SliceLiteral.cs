using System.Text.Json.Nodes;
using MlOpsBuild.Modeling.Behaviour;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Modeling.Slices;

/// <summary>A condition and the rows that hold it.</summary>
internal sealed record SliceLiteral(SliceCondition Condition, bool[] Holds)
{
    private const int MostValues = 12;
    private const int Bins = 4;

    /// <summary>
    /// The conditions to look at: each value of a column with few of them, else the quarters of its numbers. A text of many values has
    /// none.
    /// </summary>
    public static IReadOnlyList<SliceLiteral> Of(IReadOnlyList<LabelledRow> rows, IReadOnlyCollection<string> hidden) =>
    [
        .. rows.SelectMany(row => row.Features.Select(feature => feature.Key)).Distinct().Where(column => !hidden.Contains(column))
            .Order(StringComparer.Ordinal)
            .SelectMany(column => Of(column, [.. rows.Select(row => row.Features[column])])),
    ];

    private static IEnumerable<SliceLiteral> Of(string column, JsonNode?[] values)
    {
        string[] texts = [.. values.Select(value => value?.ToString() ?? "")];
        var distinct = texts.Distinct().Order(StringComparer.Ordinal).ToList();
        if (distinct.Count <= MostValues)
        {
            return distinct.Count < 2 ? [] : distinct.Select(value => new SliceLiteral(
                new(column, value.Length == 0 ? "missing" : value, null, null), [.. texts.Select(text => text == value)]));
        }

        double?[] numbers = [.. values.Select(BehaviourRows.NumberOf)];
        var known = numbers.OfType<double>().Order().ToArray();
        if (known.Length < distinct.Count)
        {
            return [];
        }

        double?[] cuts =
        [
            null,
            .. Enumerable.Range(1, Bins - 1).Select(bin => known[bin * known.Length / Bins]).Distinct().Where(cut => cut > known[0])
               .Select(cut => (double?)cut),
            null,
        ];
        return cuts.Zip(cuts.Skip(1)).Where(ends => ends != (null, null)).Select(ends => new SliceLiteral(
            new(column, null, ends.First, ends.Second),
            [.. numbers.Select(number => number != null && !(number < ends.First) && !(number >= ends.Second))]));
    }
}
