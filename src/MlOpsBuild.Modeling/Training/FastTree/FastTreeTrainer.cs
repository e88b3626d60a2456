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
public sealed record FastTreeTrainer(int Trees, int Leaves, int MinimumExamplesPerLeaf, double LearningRate, double FeatureFraction) : MachineLearningTrainer
{
    /// <inheritdoc />
    public override string Kind => "fast-tree";

    internal override IEstimator<ITransformer> Estimator(MLContext context, int seed) => context.Regression.Trainers.FastTree(new FastTreeRegressionTrainer.Options
    {
        NumberOfTrees = Trees,
        NumberOfLeaves = Leaves,
        MinimumExampleCountPerLeaf = MinimumExamplesPerLeaf,
        LearningRate = LearningRate,
        FeatureFraction = FeatureFraction,
        Seed = seed,
        FeatureSelectionSeed = seed,
        NumberOfThreads = 1,
    });

    internal override (TrainedModel Model, Func<float[], float> Score) Export(ITransformer fitted, TrainingRows rows) =>
        TreeExport.Of(((RegressionPredictionTransformer<FastTreeRegressionModelParameters>)fitted).Model.TrainedTreeEnsemble, average: false, rows);
}
