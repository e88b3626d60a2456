using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using MlOpsBuild.Modeling.Training.MachineLearning;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Trees;

namespace MlOpsBuild.Modeling.Training.Gam;

/// <summary>A generalised additive model by ML.NET: one step function per column, which a person can read.</summary>
/// <param name="Iterations">Passes over the columns.</param>
/// <param name="MaximumBins">Most steps per column.</param>
/// <param name="LearningRate">How much each pass adds of what it finds.</param>
public sealed record GamTrainer(int Iterations, int MaximumBins, double LearningRate) : MachineLearningTrainer<StepSum>
{
    /// <inheritdoc />
    public override string Kind => "gam";

    internal override (ITransformer Fitted, StepSum Output) Fit(MLContext context, Fitting fitting)
    {
        if (fitting.OfClass)
        {
            var told = fitting.By(context.BinaryClassification.Trainers.Gam(new GamBinaryTrainer.Options
            {
                LabelColumnName = fitting.LabelColumn,
                NumberOfIterations = Iterations,
                MaximumBinCountPerFeature = MaximumBins,
                LearningRate = LearningRate,
                Seed = fitting.Seed,
                NumberOfThreads = 1,
            }));
            return (told, Export(told.Model.SubModel, told.Model.Calibrator));
        }

        var fitted = fitting.By(context.Regression.Trainers.Gam(new GamRegressionTrainer.Options
        {
            LabelColumnName = fitting.LabelColumn,
            NumberOfIterations = Iterations,
            MaximumBinCountPerFeature = MaximumBins,
            LearningRate = LearningRate,
            Seed = fitting.Seed,
            NumberOfThreads = 1,
        }));
        return (fitted, Export(fitted.Model, null));
    }

    internal override SinglePrecisionModel Assemble(TrainingRows rows, IReadOnlyList<StepSum> outputs) => new GamModel
    {
        Target = rows.Target,
        Classes = rows.Classes,
        Fields = rows.Fields,
        Scale = rows.Scale,
        Transform = rows.Transform,
        Outputs = outputs,
    };

    private static StepSum Export(GamModelParametersBase parameters, PlattCalibrator? calibrator) => new(
        parameters.Bias,
        [.. Enumerable.Range(0, parameters.NumberOfShapeFunctions).Select(column => new StepFunction(column, [.. parameters.GetBinUpperBounds(column)], [.. parameters.GetBinEffects(column)]))],
        TreeExport.Of(calibrator));
}
