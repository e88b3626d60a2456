using MlOpsBuild.Modeling.Training.LightGbm;

namespace MlOpsBuild.Modeling.Training;

public static partial class Trainers
{
    /// <summary>Gradient boosted trees by LightGBM, with its own treatment of missing values. The defaults are LightGBM's.</summary>
    /// <param name="trees">Number of trees.</param>
    /// <param name="leaves">Most leaves of a tree.</param>
    /// <param name="minimumExamplesPerLeaf">Fewest training rows in a leaf.</param>
    /// <param name="learningRate">How much each tree adds of what it finds.</param>
    /// <param name="earlyStopping">Trees in a row without gain on the last tenth of the training rows after which it
    /// stops; 0 never stops early.</param>
    public static TrainerSpec LightGbm(
        int trees = 100, int leaves = 31, int minimumExamplesPerLeaf = 20, double learningRate = 0.1, int earlyStopping = 0) =>
        new TrainerOptions("Trainers.LightGbm")
            .AtLeast(nameof(trees), trees, 1)
            .AtLeast(nameof(leaves), leaves, 2)
            .AtLeast(nameof(minimumExamplesPerLeaf), minimumExamplesPerLeaf, 1)
            .Positive(nameof(learningRate), learningRate).AtLeast(nameof(earlyStopping), earlyStopping, 0)
            .For(new LightGbmTrainer(trees, leaves, minimumExamplesPerLeaf, learningRate, earlyStopping));
}
