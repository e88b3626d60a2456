using Microsoft.ML;
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
public sealed record GamTrainer(int Iterations, int MaximumBins, double LearningRate) : MachineLearningTrainer
{
    /// <inheritdoc />
    public override string Kind => "gam";

    internal override ITransformer Fit(MLContext context, int seed, IDataView rows, IDataView? validation) => context.Regression.Trainers.Gam(new GamRegressionTrainer.Options
    {
        NumberOfIterations = Iterations,
        MaximumBinCountPerFeature = MaximumBins,
        LearningRate = LearningRate,
        Seed = seed,
        NumberOfThreads = 1,
    }).Fit(rows);

    internal override SinglePrecisionModel Export(ITransformer fitted, TrainingRows rows)
    {
        var parameters = ((RegressionPredictionTransformer<GamRegressionModelParameters>)fitted).Model;
        return new GamModel
        {
            Target = rows.Target,
            Fields = rows.Fields,
            Scale = rows.Scale,
            Transform = rows.Transform,
            Bias = parameters.Bias,
            Steps = [.. Enumerable.Range(0, parameters.NumberOfShapeFunctions).Select(column => new StepFunction(column, [.. parameters.GetBinUpperBounds(column)], [.. parameters.GetBinEffects(column)]))],
        };
    }
}
