namespace MlOpsBuild.Modeling.Evaluation;

/// <summary>For each class: how many rows are of it, how many were said to be, and how many of these rightly.</summary>
internal readonly ref struct ClassCounts(ReadOnlySpan<double> sums)
{
    private readonly ReadOnlySpan<double> _sums = sums;

    public delegate double OfClass(ClassCounts counts, int position);

    public int Classes => _sums.Length / 3;

    public double Rows => Sum(0);

    public double Right => Sum(2);

    public double Of(int position) => _sums[position * 3];

    public double Said(int position) => _sums[(position * 3) + 1];

    public double RightOf(int position) => _sums[(position * 3) + 2];

    public double Recall(int position) => RightOf(position) / Of(position);

    public double Precision(int position) => RightOf(position) / Said(position);

    /// <summary>The harmonic mean of precision and recall.</summary>
    public double F1(int position) => 2 * RightOf(position) / (Of(position) + Said(position));

    /// <summary>Of two classes the value of the positive one, of many the mean over them.</summary>
    public double PositiveOrMacro(OfClass of) => Classes == 2 ? of(this, 1) : Macro(of);

    /// <summary>The mean over classes that occur, as labels or as answers; what is undefined there counts 0 (scikit-learn).</summary>
    private double Macro(OfClass of)
    {
        var (sum, occur) = (0.0, 0);
        for (var position = 0; position < Classes; position++)
        {
            if (Of(position) + Said(position) > 0)
            {
                var value = of(this, position);
                sum += double.IsNaN(value) ? 0 : value;
                occur++;
            }
        }

        return sum / occur;
    }

    /// <summary>Mean recall over classes that occur among the labels.</summary>
    public double BalancedAccuracy()
    {
        var (sum, occur) = (0.0, 0);
        for (var position = 0; position < Classes; position++)
        {
            sum += Of(position) > 0 ? Recall(position) : 0;
            occur += Of(position) > 0 ? 1 : 0;
        }

        return occur > 1 ? sum / occur : double.NaN;
    }

    /// <summary>Matthews' correlation of labels and answers, of many classes by Gorodkin (2004).</summary>
    public double Correlation()
    {
        var (both, said, of) = (Right * Rows, Rows * Rows, Rows * Rows);
        for (var position = 0; position < Classes; position++)
        {
            both -= Of(position) * Said(position);
            said -= Said(position) * Said(position);
            of -= Of(position) * Of(position);
        }

        return said > 0 && of > 0 ? both / Math.Sqrt(said * of) : double.NaN;
    }

    private double Sum(int kind)
    {
        var sum = 0.0;
        for (var position = 0; position < Classes; position++)
        {
            sum += _sums[(position * 3) + kind];
        }

        return sum;
    }
}
