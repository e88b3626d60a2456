namespace MlOpsBuild.Modeling.Evaluation;

/// <summary>Rows that belong together by one division or by another.</summary>
public static class JoinedBlocks
{
    /// <summary>
    /// Two sets that can be resampled together. Two prompts may read different columns of a case, so the blocks of answers are joined; all
    /// other sets stay as they are.
    /// </summary>
    /// <param name="one">Answers, or predictions.</param>
    /// <param name="other">The same, of the same rows.</param>
    public static (PredictionSet One, PredictionSet Other) Of(PredictionSet one, PredictionSet other)
    {
        if (one.Figures == null)
        {
            return (one, other);
        }

        var joined = Of(one.Block, other.Block);
        return (one with { Block = joined }, other with { Block = joined });
    }

    /// <summary>The finest division in which rows of one block of either are together.</summary>
    public static int[] Of(int[] one, int[] other)
    {
        var parent = Enumerable.Range(0, one.Length).ToArray();
        foreach (var division in new[] { one, other })
        {
            var first = new Dictionary<int, int>();
            for (var row = 0; row < division.Length; row++)
            {
                if (!first.TryAdd(division[row], row))
                {
                    parent[Root(row)] = Root(first[division[row]]);
                }
            }
        }

        return [.. Enumerable.Range(0, one.Length).Select(Root)];

        int Root(int row)
        {
            while (parent[row] != row)
            {
                row = parent[row] = parent[parent[row]];
            }

            return row;
        }
    }
}
