using MlOpsBuild.Modeling.Training.FastTree;

namespace MlOpsBuild.Modeling.Training;

public static partial class Trainers
{
    /// <summary>Gradient boosted trees by ML.NET's FastTree. The defaults are ML.NET's.</summary>
    /// <param name="trees">Number of trees.</param>
    /// <param name="leaves">Most leaves of a tree.</param>
    /// <param name="minimumExamplesPerLeaf">Fewest training rows in a leaf.</param>
    /// <param name="learningRate">How much each tree adds of what it finds.</param>
    /// <param name="featureFraction">Share of the columns that each tree may use, above 0 and up to 1.</param>
    /// <param name="earlyStopping">Trees in a row without gain on the last tenth of the training rows after which it
    /// stops; 0 never stops early.</param>
    public static TrainerSpec FastTree(
        int trees = 100, int leaves = 20, int minimumExamplesPerLeaf = 10, double learningRate = 0.2, double featureFraction = 1,
        int earlyStopping = 0) =>
        new TrainerOptions("Trainers.FastTree")
            .AtLeast(nameof(trees), trees, 1)
            .AtLeast(nameof(leaves), leaves, 2)
            .AtLeast(nameof(minimumExamplesPerLeaf), minimumExamplesPerLeaf, 1)
            .Positive(nameof(learningRate), learningRate)
            .Share(nameof(featureFraction), featureFraction)
            .AtLeast(nameof(earlyStopping), earlyStopping, 0)
            .For(new FastTreeTrainer(trees, leaves, minimumExamplesPerLeaf, learningRate, featureFraction, earlyStopping));
}
