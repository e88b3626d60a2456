using MlOpsBuild.Modeling.Training.Linear;

namespace MlOpsBuild.Modeling.Training;

public static partial class Trainers
{
    /// <summary>Ridge regression on the fitted features; minimises Σ(y − ŷ)² + <paramref name="l2"/>·Σw², the constant left free.</summary>
    /// <param name="l2">Ridge strength, positive; 1 by default.</param>
    public static TrainerSpec Linear(double l2 = 1) =>
        new TrainerOptions("Trainers.Linear").Positive(nameof(l2), l2).For(new LinearTrainer(l2));
}
