using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Training.Linear;

/// <summary>Ridge regression.</summary>
/// <param name="L2">Ridge strength: the weight of the squared coefficients beside the sum of squared errors; positive.</param>
public sealed record LinearTrainer(double L2) : TrainerSpec
{
    /// <inheritdoc />
    public override string Kind => "linear";

    /// <inheritdoc />
    public override TrainedModel Fit(TrainingRows rows, CancellationToken cancellationToken)
    {
        var sums = new NormalEquations(rows.Transform.Width);
        foreach (var (position, design) in rows.Designs())
        {
            cancellationToken.ThrowIfCancellationRequested();
            sums.Add(design, rows.Labels[position]);
        }

        var (intercept, coefficients) = sums.Solve(L2);
        return new LinearModel
        {
            Target = rows.Target,
            Fields = rows.Fields,
            Scale = rows.Scale,
            Transform = rows.Transform,
            Intercept = intercept,
            Coefficients = coefficients,
        };
    }
}
