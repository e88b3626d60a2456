using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Training;

/// <summary>The trainers a pipeline can name.</summary>
public static class Trainers
{
    internal const string LinearKind = "linear";

    /// <summary>Ridge regression on the fitted features; minimises Σ(y − ŷ)² + <paramref name="l2"/>·Σw², the constant left free.</summary>
    /// <param name="l2">Ridge strength, positive; 1 by default.</param>
    public static TrainerSpec Linear(double l2 = 1) => l2 > 0 && double.IsFinite(l2)
        ? new(LinearKind, l2)
        : throw new UsageException(new Finding("Ridge strength must be positive", "Trainers.Linear(l2)", l2.ToString(System.Globalization.CultureInfo.InvariantCulture), "a number above 0", "use for example 1"));

    internal static ITrainer Of(TrainerSpec spec) => spec.Kind == LinearKind
        ? new RidgeTrainer(spec.L2)
        : throw new UsageException(new Finding("Unknown trainer", "pipeline definition", spec.Kind, LinearKind));
}
