using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Training.Best;

/// <summary>
/// Fits families on four fifths of the training rows, as <see cref="ValidationSplit"/> makes them, and then the one that predicts the rest
/// best on all: by squared error on the model's scale, or log-loss. The first one in order is taken among equals.
/// </summary>
/// <param name="Within">What may be tried, in time of a nominal core.</param>
public sealed record BestTrainer(TimeSpan Within) : TrainerSpec
{
    private const double ValidationShare = 0.2;
    private const double LeastProbability = 1e-15;

    /// <inheritdoc />
    public override string Kind => "best";

    /// <inheritdoc />
    public override bool Standardises => false;

    /// <inheritdoc />
    public override bool FitsClasses => true;

    /// <inheritdoc />
    public override bool TakesWeights => true;

    /// <inheritdoc />
    public override TrainedModel Fit(TrainingRows rows, CancellationToken cancellationToken)
    {
        var chosen = Choose(rows, SilentProgress.Instance, cancellationToken);
        return chosen.Fit(rows.For(chosen), cancellationToken);
    }

    /// <inheritdoc />
    public override TrainerSpec Choose(TrainingRows rows, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var tried = Affordable(rows);
        var (fitted, kept) = ValidationSplit.Of(rows, ValidationShare);
        var losses = new List<(TrainerSpec Trainer, double Loss)>();
        foreach (var trainer in tried)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var suited = rows.For(trainer);
            var loss = Loss(trainer.Fit(suited.Part(fitted), cancellationToken), suited.Part(kept));
            progress.Report(string.Create(
                CultureInfo.InvariantCulture,
                $"{trainer.Describe()}: {(rows.Classes == null ? "root mean squared error" : "log-loss")} {(rows.Classes == null ? Math.Sqrt(loss) : loss):0.####} on {kept.Count:N0} rows that it did not see"));
            losses.Add((trainer, loss));
        }

        var best = losses.MinBy(pair => double.IsNaN(pair.Loss) ? double.PositiveInfinity : pair.Loss).Trainer;
        progress.Report($"best of {losses.Count}: {best.Describe()}");
        return best;
    }

    // The first one always: something has to be fitted. Of the others, what is still affordable after those before.
    private List<TrainerSpec> Affordable(TrainingRows rows)
    {
        var (taken, left) = (new List<TrainerSpec>(), Within);
        foreach (var candidate in FamilyCandidate.All.Where(candidate => rows.Weights == null || candidate.Trainer.TakesWeights))
        {
            var cost = candidate.CostOn(rows);
            if (taken.Count == 0 || cost <= left)
            {
                taken.Add(candidate.Trainer);
                left -= cost;
            }
        }

        return taken;
    }

    private static double Loss(TrainedModel model, TrainingRows rows) => rows.Inputs().Zip(rows.Labels, (row, label) =>
    {
        var prediction = model.Predict(row.Input);
        if (rows.Classes is { } classes)
        {
            var probability = classes.IsBinary ? (label == 1 ? prediction.Value : 1 - prediction.Value) : prediction[(int)label];
            return -Math.Log(Math.Clamp(probability, LeastProbability, 1));
        }

        return Math.Pow(rows.Scale.Apply(prediction.Value) - label, 2);
    }).Average();
}
