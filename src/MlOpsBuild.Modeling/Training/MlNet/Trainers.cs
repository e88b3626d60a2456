using Microsoft.ML;
using MlOpsBuild.Modeling.Training.MlNet;

namespace MlOpsBuild.Modeling.Training;

public static partial class Trainers
{
    /// <summary>
    /// A chain of ML.NET of one's own. It gets the declared features as <c>Features</c>, each field under its own name, and <c>Label</c>: a
    /// number, a bool for two classes, or a key of the classes for more. It must make <c>Score</c>, for two classes <c>Probability</c>.
    /// Needs the package MlOpsBuild.MlNet beside the build.
    /// </summary>
    /// <param name="chain">Makes the chain, for example <c>ml => ml.Regression.Trainers.Sdca()</c>. What changes
    /// in its code trains anew.</param>
    public static TrainerSpec MlNet(Func<MLContext, IEstimator<ITransformer>> chain) => new MlNetTrainer(chain);
}
