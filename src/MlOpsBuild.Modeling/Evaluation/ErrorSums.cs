namespace MlOpsBuild.Modeling.Evaluation;

/// <summary>Sums from which every regression metric follows; they add up over blocks.</summary>
/// <param name="Rows">Number of rows.</param>
/// <param name="Squared">Sum of squared errors.</param>
/// <param name="Absolute">Sum of absolute errors.</param>
/// <param name="Error">Sum of errors.</param>
/// <param name="Labels">Sum of labels.</param>
/// <param name="LabelSpread">Sum of the labels' squared distances from their mean: kept as such, since of large labels the sum of squares forgets it.</param>
public readonly record struct ErrorSums(double Rows, double Squared, double Absolute, double Error, double Labels, double LabelSpread)
{
    /// <summary>The sums of both; spreads are combined about the common mean (Chan, Golub and LeVeque 1983).</summary>
    public static ErrorSums operator +(ErrorSums left, ErrorSums right)
    {
        var rows = left.Rows + right.Rows;
        var apart = left.Rows == 0 || right.Rows == 0 ? 0 : (right.Labels / right.Rows) - (left.Labels / left.Rows);
        return new(
            rows, left.Squared + right.Squared, left.Absolute + right.Absolute, left.Error + right.Error, left.Labels + right.Labels,
            left.LabelSpread + right.LabelSpread + (apart == 0 ? 0 : apart * apart * left.Rows * right.Rows / rows));
    }

    /// <summary>The same as the operator.</summary>
    public static ErrorSums Add(ErrorSums left, ErrorSums right) => left + right;

    /// <summary>The sums of one row.</summary>
    public static ErrorSums Of(double label, double prediction)
    {
        var error = prediction - label;
        return new(1, error * error, Math.Abs(error), error, label, 0);
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
