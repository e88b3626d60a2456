using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Features;
using MlOpsBuild.Modeling.Training;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Tests;

/// <summary>Models fitted as the training stage fits them.</summary>
internal static class Fitted
{
    public static TrainedModel By(
        TrainerSpec trainer, DataTable rows, IReadOnlyList<FeatureSpec> features, TargetTransform scale = TargetTransform.Identity,
        long seed = 1, CancellationToken cancellationToken = default) =>
        By(trainer, rows, features, new TargetSpec(scale), seed, cancellationToken);

    public static TrainedModel By(
        TrainerSpec trainer, DataTable rows, IReadOnlyList<FeatureSpec> features, TargetSpec target, long seed = 1,
        CancellationToken cancellationToken = default) =>
        trainer.Fit(TrainingRows.Of(rows, features, target, trainer.Standardises, seed), cancellationToken);
}
