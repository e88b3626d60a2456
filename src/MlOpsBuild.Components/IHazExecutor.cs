namespace MlOpsBuild.Components;

/// <summary>A build whose heavy stages may run elsewhere.</summary>
public interface IHazExecutor : INukeBuild
{
    /// <summary><c>here</c> or <c>kubernetes</c>.</summary>
    [Parameter("Where training, trials and evaluation run: here (the default), or kubernetes (jobs of a cluster, through --registry; what they need says .Jobs(j => …) of the pipeline)")]
    string? Executor => TryGetValue(() => Executor);

    /// <summary>The image that jobs stand on.</summary>
    [Parameter("With --executor kubernetes: an image with what the pipeline's own programs need, as REF@sha256:…; without one jobs have the C library of this machine and .NET")]
    string? JobImage => TryGetValue(() => JobImage);
}
