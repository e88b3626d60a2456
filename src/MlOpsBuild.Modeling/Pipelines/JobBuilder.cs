namespace MlOpsBuild.Modeling.Pipelines;

/// <summary>Declares what the stages of a pipeline need where they run as jobs of a cluster.</summary>
public sealed class JobBuilder
{
    internal JobPolicy Policy { get; private set; } = new();

    /// <summary>
    /// Processor time that a job is given for certain, and the most that it may take, as Kubernetes writes them: <c>"2"</c>,
    /// <c>"500m"</c>. Without a limit it takes what its node has left.
    /// </summary>
    public JobBuilder Processors(string request, string? limit = null) =>
        With(Policy with { Processors = request, ProcessorLimit = limit });

    /// <summary>Memory that a job is given, and may not exceed: <c>"8Gi"</c>.</summary>
    public JobBuilder Memory(string amount) => With(Policy with { Memory = amount });

    /// <summary>Graphics processors, by the name that the cluster gives them.</summary>
    public JobBuilder Gpus(int count, string resource = "nvidia.com/gpu") => With(Policy with { Gpus = count, GpuResource = resource });

    /// <summary>A label that a node must have; several are all required.</summary>
    public JobBuilder OnNodes(string label, string value) =>
        With(Policy with { Nodes = new Dictionary<string, string>(Policy.Nodes) { [label] = value } });

    /// <summary>The key of a taint that does not keep these jobs away.</summary>
    public JobBuilder Tolerates(string taint) => With(Policy with { Tolerated = [.. Policy.Tolerated, taint] });

    /// <summary>How often a job is started again whose process ended early; a node that is lost does not count.</summary>
    public JobBuilder Retries(int times) => With(Policy with { Retries = times });

    /// <summary>How long a job may take, with its retries and the wait for a node.</summary>
    public JobBuilder Deadline(TimeSpan limit) => With(Policy with { Deadline = limit });

    private JobBuilder With(JobPolicy policy)
    {
        Policy = policy;
        return this;
    }
}
