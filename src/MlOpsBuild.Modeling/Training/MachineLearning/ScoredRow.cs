using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlOpsBuild.Modeling.Training.MachineLearning;

/// <summary>What ML.NET says of a row.</summary>
/// <param name="Score">Its score.</param>
/// <param name="Probability">Probability of the class that is told from the rest; null where the family gives none.</param>
internal readonly record struct ScoredRow(float Score, float? Probability)
{
    public static IReadOnlyList<ScoredRow> Of(IDataView scored)
    {
        var scores = scored.GetColumn<float>(nameof(Score));
        return scored.Schema.GetColumnOrNull(nameof(Probability)) == null
            ? [.. scores.Select(score => new ScoredRow(score, null))]
            : [.. scores.Zip(scored.GetColumn<float>(nameof(Probability)), (score, probability) => new ScoredRow(score, probability))];
    }
}
