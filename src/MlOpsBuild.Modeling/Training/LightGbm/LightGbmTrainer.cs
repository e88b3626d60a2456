using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.LightGbm;
using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Training.MachineLearning;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Training.LightGbm;

/// <summary>Gradient boosted trees by LightGBM.</summary>
/// <param name="Trees">Number of trees.</param>
/// <param name="Leaves">Most leaves of a tree.</param>
/// <param name="MinimumExamplesPerLeaf">Fewest training rows in a leaf.</param>
/// <param name="LearningRate">How much each tree adds of what it finds.</param>
/// <param name="EarlyStopping">Trees in a row without gain on the validation part after which it stops; 0 never stops early.</param>
public sealed record LightGbmTrainer(int Trees, int Leaves, int MinimumExamplesPerLeaf, double LearningRate, int EarlyStopping) : MachineLearningTrainer
{
    /// <inheritdoc />
    public override string Kind => "light-gbm";

    internal override bool Validates => EarlyStopping > 0;

    internal override ITransformer Fit(MLContext context, int seed, IDataView rows, IDataView? validation)
    {
        Require();
        var trainer = context.Regression.Trainers.LightGbm(new LightGbmRegressionTrainer.Options
        {
            NumberOfIterations = Trees,
            NumberOfLeaves = Leaves,
            MinimumExampleCountPerLeaf = MinimumExamplesPerLeaf,
            LearningRate = LearningRate,
            UseCategoricalSplit = false,
            Deterministic = true,
            Seed = seed,
            EarlyStoppingRound = EarlyStopping,
            NumberOfThreads = 1,
        });
        return validation == null ? trainer.Fit(rows) : trainer.Fit(rows, validation);
    }

    internal override SinglePrecisionModel Export(ITransformer fitted, TrainingRows rows) =>
        TreeExport.Of(((RegressionPredictionTransformer<LightGbmRegressionModelParameters>)fitted).Model.TrainedTreeEnsemble, average: false, rows);

    // LightGBM's own message names neither the package nor the command.
    private static void Require()
    {
        if (!System.Runtime.InteropServices.NativeLibrary.TryLoad("lib_lightgbm", typeof(LightGbmRegressionTrainer).Assembly, null, out _))
        {
            throw new StageFailedException(
                "LightGBM cannot be loaded",
                [new("A native library is missing", "Trainers.LightGbm", OperatingSystem.IsLinux() ? "libgomp1" : "lib_lightgbm", "LightGBM for x64 with its OpenMP library", "sudo apt-get install libgomp1")],
                Verdict.Error);
        }
    }
}
