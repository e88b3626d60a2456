namespace MlOpsBuild.Modeling.Evaluation;

/// <summary>Rows from the highest probability of a class to the lowest; equal probabilities are told by where they end.</summary>
/// <param name="Block">The block of each row.</param>
/// <param name="IsOfClass">Whether each row is of the class.</param>
/// <param name="EndsTie">Whether the next row has another probability.</param>
internal sealed record RankedRows(int[] Block, bool[] IsOfClass, bool[] EndsTie)
{
    public static RankedRows Of(PredictionSet set, Blocks blocks, int position)
    {
        var scores = Enumerable.Range(0, set.Count).Select(row => -set.ProbabilityOf(row, position)).ToArray();
        var order = Enumerable.Range(0, set.Count).ToArray();
        Array.Sort(scores, order);
        return new(
            [.. order.Select(row => blocks.OfRow[row])],
            [.. order.Select(row => (int)set.Labels[row] == position)],
            [.. scores.Select((score, place) => place == scores.Length - 1 || scores[place + 1] != score)]);
    }

    /// <summary>The probability that a row of the class is ranked above another one, ties counted half (Mann and Whitney 1947).</summary>
    public double AreaUnderRoc(int[] times)
    {
        var (ours, others, above, tiedOurs, tiedOthers) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var place = 0; place < Block.Length; place++)
        {
            var weight = times[Block[place]];
            (tiedOurs, tiedOthers) = IsOfClass[place] ? (tiedOurs + weight, tiedOthers) : (tiedOurs, tiedOthers + weight);
            if (EndsTie[place])
            {
                above += tiedOthers * (ours + (tiedOurs / 2));
                (ours, others, tiedOurs, tiedOthers) = (ours + tiedOurs, others + tiedOthers, 0, 0);
            }
        }

        return ours > 0 && others > 0 ? above / (ours * others) : double.NaN;
    }

    /// <summary>
    /// Σ (recall − the recall before) × precision over the different probabilities; nothing between them is interpolated.
    /// </summary>
    public double AveragePrecision(int[] times)
    {
        var (ours, all, sum, tied) = (0.0, 0.0, 0.0, 0.0);
        for (var place = 0; place < Block.Length; place++)
        {
            var weight = times[Block[place]];
            all += weight;
            tied += IsOfClass[place] ? weight : 0;
            if (EndsTie[place])
            {
                ours += tied;
                sum += tied > 0 ? tied * ours / all : 0;
                tied = 0;
            }
        }

        return ours > 0 ? sum / ours : double.NaN;
    }
}
