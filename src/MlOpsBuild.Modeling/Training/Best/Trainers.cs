using System.Globalization;
using MlOpsBuild.Modeling.Training.Best;

namespace MlOpsBuild.Modeling.Training;

public static partial class Trainers
{
    /// <summary>
    /// The family that does best on a part of the training rows, fitted on all of them: linear, boosted trees of ML.NET and of LightGBM, a
    /// random forest, a generalised additive model, each with usual options.
    /// </summary>
    /// <param name="within">Which are tried: in their order, as long as they cost no more than this on a nominal core. What a family costs
    /// is reckoned from rows, columns and trees and not measured, so that every machine tries the same ones.</param>
    public static TrainerSpec Best(TimeSpan within) => new TrainerOptions("Trainers.Best")
        .Require(nameof(within), within.ToString("c", CultureInfo.InvariantCulture), within > TimeSpan.Zero, "a time above zero")
        .For(new BestTrainer(within));
}
