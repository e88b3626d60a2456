using System.Reflection;
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

    /// <summary>No: from rows with weights ML.NET's trainer (5.0.1) learns nothing, and answers 0 everywhere.</summary>
    public override bool TakesWeights => false;

    internal override (ITransformer Fitted, StepSum Output) Fit(MLContext context, Fitting fitting)
    {
        if (fitting.OfClass)
        {
            var ofClass = new GamBinaryTrainer.Options();
            Set(ofClass, fitting);
            var told = fitting.By(context.BinaryClassification.Trainers.Gam(ofClass));
            return (told, Export(told.Model.SubModel, told.Model.Calibrator));
        }

        var ofNumber = new GamRegressionTrainer.Options();
        Set(ofNumber, fitting);
        var fitted = fitting.By(context.Regression.Trainers.Gam(ofNumber));
        return (fitted, Export(fitted.Model, null));
    }

    internal override SinglePrecisionModel Assemble(TrainingRows rows, IReadOnlyList<StepSum> outputs) => new GamModel
    {
        Target = rows.Target,
        Classes = rows.Classes,
        Fields = rows.Fields,
        Scale = rows.Scale,
        Transform = rows.Transform,
        Outputs = [.. outputs.Select(output => output with { Steps = Averaged(output.Steps, rows) })],
    };

    private static List<StepFunction> Averaged(IReadOnlyList<StepFunction> steps, TrainingRows rows)
    {
        var (sums, design) = (new double[steps.Count], new float[rows.Transform.Width]);
        for (var position = 0; position < rows.Count; position++)
        {
            rows.Write(position, design);
            foreach (var (place, step) in steps.Index())
            {
                sums[place] += step.Value(design[step.Column]);
            }
        }

        return [.. steps.Select((step, place) => step with { Mean = sums[place] / rows.Count })];
    }

    private void Set<TOptions, TTransformer, TModel>(GamTrainerBase<TOptions, TTransformer, TModel>.OptionsBase options, Fitting fitting)
        where TOptions : GamTrainerBase<TOptions, TTransformer, TModel>.OptionsBase, new()
        where TTransformer : ISingleFeaturePredictionTransformer<TModel>
        where TModel : class
    {
        options.LabelColumnName = fitting.LabelColumn;
        options.NumberOfIterations = Iterations;
        options.MaximumBinCountPerFeature = MaximumBins;
        options.LearningRate = LearningRate;
        options.Seed = fitting.Seed;
        options.NumberOfThreads = 1;
    }

    private static StepSum Export(GamModelParametersBase parameters, PlattCalibrator? calibrator)
    {
        var (columns, bounds, effects) = (
            Inside<int[]>(parameters, "_shapeToInputMap"), Inside<double[][]>(parameters, "_binUpperBounds"),
            Inside<double[][]>(parameters, "_binEffects"));
        return new(
            parameters.Bias, [.. columns.Select((column, shape) => new StepFunction(column, [.. bounds[shape]], [.. effects[shape]]))],
            TreeExport.Of(calibrator));
    }

    // A column that has one value in all rows has no function, and public members then reach the last columns' functions no more.
    // Were these gone, the export would fail; were they something else, scores would differ, and the comparison after the fit would tell.
    private static T Inside<T>(GamModelParametersBase parameters, string name) =>
        (T)typeof(GamModelParametersBase).GetField(name, BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(parameters)!;
}
