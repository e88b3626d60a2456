using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using MlOpsBuild.Modeling.Training.MachineLearning;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Training.FastTree;

/// <summary>Gradient boosted trees by ML.NET's FastTree (MART).</summary>
/// <param name="Trees">Number of trees.</param>
/// <param name="Leaves">Most leaves of a tree.</param>
/// <param name="MinimumExamplesPerLeaf">Fewest training rows in a leaf.</param>
/// <param name="LearningRate">How much each tree adds of what it finds.</param>
/// <param name="FeatureFraction">Share of the columns that each tree may use.</param>
/// <param name="EarlyStopping">Trees in a row without gain on the validation part after which it stops; 0 never stops early.</param>
public sealed record FastTreeTrainer(int Trees, int Leaves, int MinimumExamplesPerLeaf, double LearningRate, double FeatureFraction, int EarlyStopping) : MachineLearningTrainer
{
    /// <inheritdoc />
    public override string Kind => "fast-tree";

    internal override bool Validates => EarlyStopping > 0;

    internal override ITransformer Fit(MLContext context, int seed, IDataView rows, IDataView? validation)
    {
        var options = new FastTreeRegressionTrainer.Options
        {
            NumberOfTrees = Trees,
            NumberOfLeaves = Leaves,
            MinimumExampleCountPerLeaf = MinimumExamplesPerLeaf,
            LearningRate = LearningRate,
            FeatureFraction = FeatureFraction,
            Seed = seed,
            FeatureSelectionSeed = seed,
            NumberOfThreads = 1,
        };
        if (validation == null)
        {
            return context.Regression.Trainers.FastTree(options).Fit(rows);
        }

        options.EarlyStoppingRule = new ConsecutiveGeneralityLossRule(EarlyStopping);
        return context.Regression.Trainers.FastTree(options).Fit(rows, validation);
    }

    internal override SinglePrecisionModel Export(ITransformer fitted, TrainingRows rows) =>
        TreeExport.Of(((RegressionPredictionTransformer<FastTreeRegressionModelParameters>)fitted).Model.TrainedTreeEnsemble, average: false, rows);
}
