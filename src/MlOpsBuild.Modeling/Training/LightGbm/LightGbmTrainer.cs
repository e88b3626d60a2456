using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.LightGbm;
using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Training.MachineLearning;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Trees;

namespace MlOpsBuild.Modeling.Training.LightGbm;

/// <summary>Gradient boosted trees by LightGBM.</summary>
/// <param name="Trees">Number of trees.</param>
/// <param name="Leaves">Most leaves of a tree.</param>
/// <param name="MinimumExamplesPerLeaf">Fewest training rows in a leaf.</param>
/// <param name="LearningRate">How much each tree adds of what it finds.</param>
/// <param name="EarlyStopping">Trees in a row without gain on the validation part after which it stops; 0 never stops early.</param>
public sealed record LightGbmTrainer(int Trees, int Leaves, int MinimumExamplesPerLeaf, double LearningRate, int EarlyStopping)
    : MachineLearningTrainer<TreeEnsemble>
{
    /// <inheritdoc />
    public override string Kind => "light-gbm";

    internal override bool Validates => EarlyStopping > 0;

    internal override (ITransformer Fitted, TreeEnsemble Output) Fit(MLContext context, Fitting fitting)
    {
        Require();
        if (fitting.OfClass)
        {
            var ofClass = new LightGbmBinaryTrainer.Options();
            Set(ofClass, fitting);
            var trainer = context.BinaryClassification.Trainers.LightGbm(ofClass);
            var told = fitting.Validation == null ? trainer.Fit(fitting.Rows) : trainer.Fit(fitting.Rows, fitting.Validation);
            return (told, TreeExport.Of(told.Model.SubModel.TrainedTreeEnsemble, told.Model.Calibrator));
        }

        var ofNumber = new LightGbmRegressionTrainer.Options();
        Set(ofNumber, fitting);
        var numbers = context.Regression.Trainers.LightGbm(ofNumber);
        var fitted = fitting.Validation == null ? numbers.Fit(fitting.Rows) : numbers.Fit(fitting.Rows, fitting.Validation);
        return (fitted, TreeExport.Of(fitted.Model.TrainedTreeEnsemble));
    }

    internal override SinglePrecisionModel Assemble(TrainingRows rows, IReadOnlyList<TreeEnsemble> outputs) =>
        TreeExport.Model(rows, outputs);

    private void Set<TOptions, TOutput, TTransformer, TModel>(
        LightGbmTrainerBase<TOptions, TOutput, TTransformer, TModel>.OptionsBase options, Fitting fitting)
        where TOptions : LightGbmTrainerBase<TOptions, TOutput, TTransformer, TModel>.OptionsBase, new()
        where TTransformer : ISingleFeaturePredictionTransformer<TModel>
        where TModel : class
    {
        options.LabelColumnName = fitting.LabelColumn;
        options.ExampleWeightColumnName = fitting.WeightColumn;
        options.NumberOfIterations = Trees;
        options.NumberOfLeaves = Leaves;
        options.MinimumExampleCountPerLeaf = MinimumExamplesPerLeaf;
        options.LearningRate = LearningRate;
        options.UseCategoricalSplit = false;
        options.Deterministic = true;
        options.Seed = fitting.Seed;
        options.EarlyStoppingRound = EarlyStopping;
        options.NumberOfThreads = 1;
    }

    // LightGBM's own message names neither the package nor the command.
    private static void Require()
    {
        if (!System.Runtime.InteropServices.NativeLibrary.TryLoad("lib_lightgbm", typeof(LightGbmRegressionTrainer).Assembly, null, out _))
        {
            throw new StageFailedException(
                "LightGBM cannot be loaded",
                [new(
                    "MLB2032", "A native library is missing", "Trainers.LightGbm", OperatingSystem.IsLinux() ? "libgomp1" : "lib_lightgbm",
                    "LightGBM for x64 with its OpenMP library", "sudo apt-get install libgomp1")],
                Verdict.Error);
        }
    }
}
