using MlOpsBuild.Components.Jobs;

namespace MlOpsBuild.Components;

/// <summary>Runs one stage for a build elsewhere.</summary>
public interface IRunStage : IHazPipelines
{
    /// <summary>Digest of the request.</summary>
    [Parameter("With RunStage: digest of the request, in the registry")]
    string? StageRequest => TryGetValue(() => StageRequest);

    /// <summary>The file that is told the digest of the answer.</summary>
    [Parameter("With RunStage: the file that is told the digest of the answer")]
    string? Answer => TryGetValue(() => Answer);

    /// <summary>Runs one stage for a build elsewhere.</summary>
    Target RunStage => _ => _
        .Description("Runs one stage for a build elsewhere: what jobs of a cluster are started with (--executor kubernetes), and not people")
        .RequiresOf(this, () => StageRequest is { Length: > 0 } && Answer is { Length: > 0 }, "needs --stage-request and --answer")
        .Executes(this, (session, ct) => StageWorker.RunAsync(session, Pipelines, StageRequest!, Answer!, ct), pulls: false);
}
