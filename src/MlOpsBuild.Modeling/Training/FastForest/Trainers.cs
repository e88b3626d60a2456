using MlOpsBuild.Modeling.Training.FastForest;

namespace MlOpsBuild.Modeling.Training;

public static partial class Trainers
{
    /// <summary>A random forest by ML.NET's FastForest. The defaults are ML.NET's; deep trees (many leaves) are usually better.</summary>
    /// <param name="trees">Number of trees.</param>
    /// <param name="leaves">Most leaves of a tree.</param>
    /// <param name="minimumExamplesPerLeaf">Fewest training rows in a leaf.</param>
    /// <param name="featureFraction">Share of the columns that each tree may use, above 0 and up to 1.</param>
    public static TrainerSpec FastForest(int trees = 100, int leaves = 20, int minimumExamplesPerLeaf = 10, double featureFraction = 1) =>
        new TrainerOptions("Trainers.FastForest")
            .AtLeast(nameof(trees), trees, 1)
            .AtLeast(nameof(leaves), leaves, 2)
            .AtLeast(nameof(minimumExamplesPerLeaf), minimumExamplesPerLeaf, 1)
            .Share(nameof(featureFraction), featureFraction)
            .For(new FastForestTrainer(trees, leaves, minimumExamplesPerLeaf, featureFraction));
}
