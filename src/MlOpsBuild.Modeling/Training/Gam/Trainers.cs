using MlOpsBuild.Modeling.Training.Gam;

namespace MlOpsBuild.Modeling.Training;

public static partial class Trainers
{
    /// <summary>A generalised additive model by ML.NET: one step function per column. The defaults are ML.NET's.</summary>
    /// <param name="iterations">Passes over the columns.</param>
    /// <param name="maximumBins">Most steps per column.</param>
    /// <param name="learningRate">How much each pass adds of what it finds.</param>
    public static TrainerSpec Gam(int iterations = 9500, int maximumBins = 255, double learningRate = 0.002) =>
        new TrainerOptions("Trainers.Gam")
            .AtLeast(nameof(iterations), iterations, 1)
            .AtLeast(nameof(maximumBins), maximumBins, 2)
            .Positive(nameof(learningRate), learningRate)
            .For(new GamTrainer(iterations, maximumBins, learningRate));
}
