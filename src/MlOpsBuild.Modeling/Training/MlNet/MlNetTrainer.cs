using System.Reflection;
using System.Text.Json.Serialization;
using Microsoft.ML;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Files;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Foreign;

namespace MlOpsBuild.Modeling.Training.MlNet;

/// <summary>Fits a chain of one's own.</summary>
/// <param name="Chain">Makes the chain.</param>
public sealed record MlNetTrainer([property: JsonIgnore] Func<MLContext, IEstimator<ITransformer>> Chain) : TrainerSpec
{
    /// <inheritdoc />
    public override string Kind => "ml-net";

    /// <inheritdoc />
    public override bool Standardises => false;

    /// <inheritdoc />
    public override bool FitsClasses => true;

    /// <inheritdoc />
    [JsonIgnore]
    public override Assembly Code => Chain.Method.Module.Assembly;

    /// <inheritdoc />
    public override TrainedModel Fit(TrainingRows rows, CancellationToken cancellationToken)
    {
        var context = new MLContext((int)(rows.Seed % int.MaxValue));
        var view = new FieldView(rows, cancellationToken);
        byte[] file;
        try
        {
            var fitted = Chain(context).Fit(view);
            using var saved = new MemoryStream();
            context.Model.Save(fitted, view.Schema, saved);
            file = TimelessZip.Of(saved.ToArray());
        }
        catch (Exception problem) when (problem is ArgumentException or InvalidOperationException)
        {
            throw new StageFailedException(
                "The chain cannot be fitted",
                [new(
                    "MLB2037", "ML.NET refuses it", "Trainers.MlNet", problem.Message, "a chain from Features or fields to Score",
                    "correct the chain")],
                Verdict.Error, problem);
        }

        return ForeignCheck.Passed(rows, new MlNetModel
        {
            Target = rows.Target, Classes = rows.Classes, Fields = rows.Fields, Transform = rows.Transform, Scale = rows.Scale, File = file,
        }, cancellationToken);
    }
}
