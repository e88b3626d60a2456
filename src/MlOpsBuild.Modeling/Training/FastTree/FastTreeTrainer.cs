using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using MlOpsBuild.Modeling.Training.MachineLearning;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Trees;

namespace MlOpsBuild.Modeling.Training.FastTree;

/// <summary>Gradient boosted trees by ML.NET's FastTree (MART).</summary>
/// <param name="Trees">Number of trees.</param>
/// <param name="Leaves">Most leaves of a tree.</param>
/// <param name="MinimumExamplesPerLeaf">Fewest training rows in a leaf.</param>
/// <param name="LearningRate">How much each tree adds of what it finds.</param>
/// <param name="FeatureFraction">Share of the columns that each tree may use.</param>
/// <param name="EarlyStopping">Trees in a row without gain on the validation part after which it stops; 0 never stops early.</param>
public sealed record FastTreeTrainer(
    int Trees, int Leaves, int MinimumExamplesPerLeaf, double LearningRate, double FeatureFraction,
    int EarlyStopping) : MachineLearningTrainer<TreeEnsemble>
{
    /// <inheritdoc />
    public override string Kind => "fast-tree";

    internal override bool Validates => EarlyStopping > 0;

    internal override (ITransformer Fitted, TreeEnsemble Output) Fit(MLContext context, Fitting fitting)
    {
        if (fitting.OfClass)
        {
            var trainer = context.BinaryClassification.Trainers.FastTree(With(new FastTreeBinaryTrainer.Options(), fitting));
            var told = fitting.Validation == null ? trainer.Fit(fitting.Rows) : trainer.Fit(fitting.Rows, fitting.Validation);
            return (told, TreeExport.Of(told.Model.SubModel.TrainedTreeEnsemble, told.Model.Calibrator));
        }

        var numbers = context.Regression.Trainers.FastTree(With(new FastTreeRegressionTrainer.Options(), fitting));
        var fitted = fitting.Validation == null ? numbers.Fit(fitting.Rows) : numbers.Fit(fitting.Rows, fitting.Validation);
        return (fitted, TreeExport.Of(fitted.Model.TrainedTreeEnsemble));
    }

    internal override SinglePrecisionModel Assemble(TrainingRows rows, IReadOnlyList<TreeEnsemble> outputs) =>
        TreeExport.Model(rows, outputs);

    private TOptions With<TOptions>(TOptions options, Fitting fitting) where TOptions : BoostedTreeOptions
    {
        options.LabelColumnName = fitting.LabelColumn;
        options.ExampleWeightColumnName = fitting.WeightColumn;
        options.NumberOfTrees = Trees;
        options.NumberOfLeaves = Leaves;
        options.MinimumExampleCountPerLeaf = MinimumExamplesPerLeaf;
        options.LearningRate = LearningRate;
        options.FeatureFraction = FeatureFraction;
        options.Seed = fitting.Seed;
        options.FeatureSelectionSeed = fitting.Seed;
        options.NumberOfThreads = 1;
        if (fitting.Validation != null)
        {
            options.EarlyStoppingRule = new ConsecutiveGeneralityLossRule(EarlyStopping);
        }

        return options;
    }
}
