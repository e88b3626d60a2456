using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using MlOpsBuild.Modeling.Training.MachineLearning;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Training.FastForest;

/// <summary>A random forest by ML.NET's FastForest.</summary>
/// <param name="Trees">Number of trees.</param>
/// <param name="Leaves">Most leaves of a tree.</param>
/// <param name="MinimumExamplesPerLeaf">Fewest training rows in a leaf.</param>
/// <param name="FeatureFraction">Share of the columns that each tree may use.</param>
public sealed record FastForestTrainer(int Trees, int Leaves, int MinimumExamplesPerLeaf, double FeatureFraction) : MachineLearningTrainer
{
    /// <inheritdoc />
    public override string Kind => "fast-forest";

    internal override ITransformer Fit(MLContext context, int seed, IDataView rows, IDataView? validation) => context.Regression.Trainers.FastForest(new FastForestRegressionTrainer.Options
    {
        NumberOfTrees = Trees,
        NumberOfLeaves = Leaves,
        MinimumExampleCountPerLeaf = MinimumExamplesPerLeaf,
        FeatureFraction = FeatureFraction,
        Seed = seed,
        FeatureSelectionSeed = seed,
        NumberOfThreads = 1,
    }).Fit(rows);

    internal override SinglePrecisionModel Export(ITransformer fitted, TrainingRows rows) =>
        TreeExport.Of(((RegressionPredictionTransformer<FastForestRegressionModelParameters>)fitted).Model.TrainedTreeEnsemble, average: true, rows);
}
