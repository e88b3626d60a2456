using System.Reflection;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Stages;
using MlOpsBuild.Modeling.Pipelines;

namespace MlOpsBuild.Modeling.Stages;

/// <summary>What training reads.</summary>
public sealed record TrainInput(SnapshotFiles Snapshot, PipelineSpec Pipeline)
{
    /// <summary>The checkout, below which files of the trainer lie.</summary>
    public string Root { get; init; } = ".";

    /// <summary>Digests of the trainer's files.</summary>
    /// <exception cref="UsageException">Some are not there; all of them at once.</exception>
    internal IEnumerable<StageInput> Files => CheckoutFiles.Digests(Pipeline.Name, Root, Pipeline.Trainer.Files, ".Train(…)");

    /// <summary>
    /// Where the trainer is code of the pipeline's own, or of somebody else: which, and the parameters it may
    /// read. Our own is part of every key. A module's identity follows from what was compiled; its bytes may also hold what was
    /// compiled from it for one machine.
    /// </summary>
    internal IEnumerable<StageInput> Code
    {
        get
        {
            List<Assembly?> all = [Pipeline.Trainer.GetType().Assembly, Pipeline.Trainer.Code];
            var foreign = all.OfType<Assembly>().Where(assembly => assembly != typeof(TrainInput).Assembly).Distinct().ToList();
            return foreign.Count == 0 ? []
                :
                [
                    .. foreign.Select(code => new StageInput("trainer's code", code.ManifestModule.ModuleVersionId.ToString())),
                    StageInput.Of("parameters", Pipeline.Parameters),
                ];
        }
    }
}
