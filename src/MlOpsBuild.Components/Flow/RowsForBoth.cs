using System.Text;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Components.Flow;

/// <summary>
/// Held-out rows as requests that candidate and champion can answer: values of earlier rows are in no contract, and personal data are only
/// where a model reads them, so that a candidate's rows lack what only its champion looks at. Left out, the champion would have to do
/// without, and the canary would favour the candidate.
/// </summary>
internal static class RowsForBoth
{
    /// <summary>
    /// The candidate's rows with what the champion's have beside them; null where that is nothing, or where they are not the same rows.
    /// </summary>
    /// <param name="candidate">The candidate's rows, a line each.</param>
    /// <param name="champion">The champion's, of the same hold-out.</param>
    /// <param name="personal">Columns of personal data that the contract in force knows: no row has them that no model needs.</param>
    public static byte[]? Merge(IReadOnlyList<string> candidate, IReadOnlyList<string> champion, IReadOnlyList<string> personal)
    {
        if (candidate.Count != champion.Count
            || candidate.Count == 0
            || !Beside(LabelledRow.Parse(candidate[0]), LabelledRow.Parse(champion[0]), personal).Any())
        {
            return null;
        }

        var merged = new StringBuilder();
        foreach (var (mine, theirs) in candidate.Select(LabelledRow.Parse).Zip(champion.Select(LabelledRow.Parse)))
        {
            if (mine.Prediction.Text != null ? mine.Expected != theirs.Expected : !mine.Label.Equals(theirs.Label))
            {
                return null;
            }

            foreach (var name in Beside(mine, theirs, personal).ToList())
            {
                mine.Features[name] = theirs.Features[name]?.DeepClone();
            }

            merged.Append(mine.ToLine());
        }

        return Encoding.UTF8.GetBytes(merged.ToString());
    }

    private static IEnumerable<string> Beside(LabelledRow candidate, LabelledRow champion, IReadOnlyList<string> personal) =>
        champion.Features.Select(feature => feature.Key)
            .Where(name => (PastValues.IsName(name) || personal.Contains(name)) && !candidate.Features.ContainsKey(name));
}
