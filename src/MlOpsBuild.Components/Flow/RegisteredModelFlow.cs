using MlOpsBuild.Components.Session;
using MlOpsBuild.Store.Stages;
using MlOpsBuild.Tracking.Models;

namespace MlOpsBuild.Components.Flow;

/// <summary>A model of a registry → a file below the checkout, before a stage reads it.</summary>
internal static class RegisteredModelFlow
{
    /// <summary>Brings the model that a pipeline names; most name none.</summary>
    public static async Task BringAsync(RunSession session, PipelineRun run, CancellationToken cancellationToken)
    {
        if (run.Specification.Trainer.Registered is not { } model)
        {
            return;
        }

        var path = Path.Combine(session.Root, model.File);
        var wanted = new WantedModel(model.Name, model.Alias, model.Version, model.Pinned);
        if (session.IsForecast)
        {
            // Nobody is asked for a plan.
            if (!File.Exists(path))
            {
                throw new StageWouldRunException("train", $"{wanted} is not loaded yet");
            }

            return;
        }

        var import = new ModelImport(session.Tracking.Registry(session), session.Store.Folder, session.Time);
        if (await import.BringAsync(wanted, path, cancellationToken) is { } note)
        {
            session.Output.Warn(note);
        }
    }
}
