using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Calibrating;
using MlOpsBuild.Modeling.Stages;
using MlOpsBuild.Packaging.Bundles;
using MlOpsBuild.Store.Stages;
using static System.FormattableString;

namespace MlOpsBuild.Components.Flow;

/// <summary>The champion, and rows that came since → a challenger that says the same with better probabilities.</summary>
internal static class RecalibrationFlow
{
    public static async Task<StageRun<TrainingSummary>> RunAsync(
        RunSession session, PipelineRun run, TrainInput training, string method, CancellationToken cancellationToken)
    {
        if (!Enum.TryParse<CalibrationMethod>(method, ignoreCase: true, out var known) || !Enum.IsDefined(known))
        {
            throw new UsageException(new Finding(
                "MLB7102", "No such way to calibrate", "--recalibrate", method, "platt or isotonic", "correct the value"));
        }

        var pipeline = run.Specification.Name;
        if (run.Specification.Answers != null)
        {
            throw new UsageException(new Finding(
                "MLB7113", "Answers have no probabilities", "--recalibrate", pipeline, "a model of classes", "leave it out"));
        }

        var champion = await session.ChampionAsync(pipeline, cancellationToken) ?? throw new UsageException(new Finding(
            "MLB7103", "Nothing serves that could be calibrated anew", "--recalibrate", pipeline, "a champion", "deploy a version first"));
        var bundle = await Bundle.OpenAsync(session.Store, champion.Bundle, cancellationToken);
        return await run.RunAsync(
            new RecalibrateStage(),
            new RecalibrateInput(
                await bundle.PartAsync(BundlePart.Model, cancellationToken), Invariant($"v{champion.Number}"),
                bundle.Description.Split.Through, training, known),
            cancellationToken);
    }
}
