using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Training.Linear;

/// <summary>Ridge regression of numbers; logistic regression of two classes, softmax regression of more.</summary>
/// <param name="L2">The weight of the squared coefficients beside the sum of squared errors, or half of it beside the sum
/// of log-losses; positive.</param>
public sealed record LinearTrainer(double L2) : TrainerSpec
{
    /// <inheritdoc />
    public override string Kind => "linear";

    /// <inheritdoc />
    public override bool FitsClasses => true;

    /// <inheritdoc />
    public override bool TakesWeights => true;

    /// <inheritdoc />
    public override TrainedModel Fit(TrainingRows rows, CancellationToken cancellationToken) => rows.Classes switch
    {
        null => Linear(rows, NormalEquations.Solve(rows, L2, cancellationToken)),
        { IsBinary: true } => Linear(rows, new LogLossFit(rows, 1, L2).Solve(cancellationToken)[0]),
        var many => Softmax(rows, new LogLossFit(rows, many.Names.Count, L2).Solve(cancellationToken)),
    };

    private static LinearModel Linear(TrainingRows rows, (double Intercept, double[] Coefficients) fitted) => new()
    {
        Target = rows.Target,
        Classes = rows.Classes,
        Fields = rows.Fields,
        Scale = rows.Scale,
        Transform = rows.Transform,
        Intercept = fitted.Intercept,
        Coefficients = fitted.Coefficients,
        Means = MeansOf(rows),
    };

    private static SoftmaxModel Softmax(TrainingRows rows, IReadOnlyList<(double Intercept, double[] Coefficients)> fitted) => new()
    {
        Target = rows.Target,
        Classes = rows.Classes,
        Fields = rows.Fields,
        Transform = rows.Transform,
        Intercepts = [.. fitted.Select(one => one.Intercept)],
        Coefficients = [.. fitted.Select(one => one.Coefficients)],
        Means = MeansOf(rows),
    };

    private static double[] MeansOf(TrainingRows rows)
    {
        var sums = new double[rows.Transform.Width];
        foreach (var (_, design) in rows.Designs())
        {
            for (var column = 0; column < sums.Length; column++)
            {
                sums[column] += design[column];
            }
        }

        return [.. sums.Select(sum => sum / rows.Count)];
    }
}
