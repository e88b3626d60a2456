using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using MlOpsBuild.Modeling.Training.MachineLearning;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Trees;

namespace MlOpsBuild.Modeling.Training.FastForest;

/// <summary>A random forest by ML.NET's FastForest.</summary>
/// <param name="Trees">Number of trees.</param>
/// <param name="Leaves">Most leaves of a tree.</param>
/// <param name="MinimumExamplesPerLeaf">Fewest training rows in a leaf.</param>
/// <param name="FeatureFraction">Share of the columns that each tree may use.</param>
public sealed record FastForestTrainer(int Trees, int Leaves, int MinimumExamplesPerLeaf, double FeatureFraction)
    : MachineLearningTrainer<TreeEnsemble>
{
    /// <inheritdoc />
    public override string Kind => "fast-forest";

    // Its trees tell the share of a class in a leaf when they are fitted to 0 and 1; ML.NET's forest of classes gives no probability.
    internal override (ITransformer Fitted, TreeEnsemble Output) Fit(MLContext context, Fitting fitting)
    {
        var fitted = fitting.By(context.Regression.Trainers.FastForest(new FastForestRegressionTrainer.Options
        {
            ExampleWeightColumnName = fitting.WeightColumn,
            NumberOfTrees = Trees,
            NumberOfLeaves = Leaves,
            MinimumExampleCountPerLeaf = MinimumExamplesPerLeaf,
            FeatureFraction = FeatureFraction,
            Seed = fitting.Seed,
            FeatureSelectionSeed = fitting.Seed,
            NumberOfThreads = 1,
        }));
        return (fitted, TreeExport.Of(fitted.Model.TrainedTreeEnsemble));
    }

    internal override SinglePrecisionModel Assemble(TrainingRows rows, IReadOnlyList<TreeEnsemble> outputs) =>
        TreeExport.Model(rows, outputs, average: true);
}
