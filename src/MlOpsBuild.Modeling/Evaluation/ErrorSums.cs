namespace MlOpsBuild.Modeling.Evaluation;

/// <summary>Sums from which every regression metric follows; they add up over blocks.</summary>
public readonly record struct ErrorSums(double Rows, double Squared, double Absolute, double Error, double Labels, double LabelSquares)
{
    /// <summary>The sums of both.</summary>
    public static ErrorSums operator +(ErrorSums left, ErrorSums right) => new(
        left.Rows + right.Rows,
        left.Squared + right.Squared,
        left.Absolute + right.Absolute,
        left.Error + right.Error,
        left.Labels + right.Labels,
        left.LabelSquares + right.LabelSquares);

    /// <summary>The same as the operator.</summary>
    public static ErrorSums Add(ErrorSums left, ErrorSums right) => left + right;

    /// <summary>The sums of one row.</summary>
    public static ErrorSums Of(double label, double prediction)
    {
        var error = prediction - label;
        return new(1, error * error, Math.Abs(error), error, label, label * label);
    }

    /// <summary>The sums of all rows of <paramref name="set"/>.</summary>
    public static ErrorSums Of(PredictionSet set) => ByBlock(set).Aggregate(default(ErrorSums), (sum, block) => sum + block);

    /// <summary>Sums per block, in the order in which blocks first appear.</summary>
    public static IReadOnlyList<ErrorSums> ByBlock(PredictionSet set)
    {
        var order = new Dictionary<int, int>();
        var sums = new List<ErrorSums>();
        for (var i = 0; i < set.Labels.Length; i++)
        {
            if (!order.TryGetValue(set.Block[i], out var position))
            {
                order[set.Block[i]] = position = sums.Count;
                sums.Add(default);
            }

            sums[position] += Of(set.Labels[i], set.Predictions[i]);
        }

        return sums;
    }
}
