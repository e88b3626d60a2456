using MlOpsBuild.Core.Fields;
using MlOpsBuild.Scoring.Features;

namespace MlOpsBuild.Modeling.Features;

/// <summary>A bag of words of a free text: the words, or runs of words, that most training rows have.</summary>
/// <param name="Column">The column it is made of.</param>
/// <param name="Terms">Most words and runs.</param>
/// <param name="Run">Most neighbouring words in a run.</param>
/// <param name="AtLeast">Fewest training rows that have it.</param>
public sealed record TextFeature(string Column, int Terms, int Run, int AtLeast) : FeatureSpec(Column)
{
    /// <inheritdoc />
    public override string Describe() => $"words of {Column}";

    internal override string? Expected(FieldKind kind) =>
        kind == FieldKind.Text ? null : "a string without [Categories]; .OneHot(…) for one with them";

    internal override bool IsConstant(FittingRows rows) => Vocabulary(rows).Length == 0;

    internal override IEnumerable<FeatureTerm> Fit(FittingRows rows, bool standardise) =>
        [new TextTerm(Column, rows.Field(Column), Vocabulary(rows), Run)];

    // Of words that equally many rows have, the first in ordinal order: the choice must not depend on the order of rows.
    private string[] Vocabulary(FittingRows rows)
    {
        var count = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var words in rows.Texts(Column).SelectMany(text => Words.Of(text, Run).Distinct(StringComparer.Ordinal)))
        {
            count[words] = count.GetValueOrDefault(words) + 1;
        }

        return [.. count.Where(entry => entry.Value >= AtLeast)
            .OrderByDescending(entry => entry.Value)
            .ThenBy(entry => entry.Key, StringComparer.Ordinal)
            .Take(Terms)
            .Select(entry => entry.Key)
            .Order(StringComparer.Ordinal)];
    }
}
